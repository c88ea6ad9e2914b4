"""What `regrade` does: decisions, what they change, and telling of them."""
