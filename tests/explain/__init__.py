"""`samverkan explain`: names that are nearly right, and figures exactly as published."""
