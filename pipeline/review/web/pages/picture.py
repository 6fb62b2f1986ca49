"""The picture of a page, painted over where it holds personal data."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from pipeline.review.web.pages.shared import has_seen, item_or_404
from pipeline.review.web.respond import reviewer_of, state_of
from pipeline.review.web.source import covers


def picture(request: Request) -> Response:
    """Answer /bild/ID/PAGE; `klar=1` shows all to a reviewer for whom that has been logged."""
    state, reviewer = state_of(request), reviewer_of(request)
    item = item_or_404(state, request.path_params["id"])
    opened = state.documents.open(item.proposal.document)
    found = opened.page(request.path_params["page"]) if opened and opened.drawable else None
    if opened is None or found is None:
        raise HTTPException(404)
    clear = request.query_params.get("klar") == "1"
    if clear and not has_seen(state, item, reviewer.name):
        raise HTTPException(403)
    painted = () if clear else covers(opened, found)
    if painted is None:
        raise HTTPException(403)
    drawn = state.pictures.get(opened, found.number, painted)
    if isinstance(drawn, bytes):
        return Response(drawn, media_type="image/png")
    return PlainTextResponse(" ".join(drawn), 404)
