"""Rows: what is kept, and the named statements that read and change it."""
