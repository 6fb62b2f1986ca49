"""The flow of projects: grants, joins that people decide, copies, versions, figures that add up."""
