"""What `generate` and `practice` do: steering, folders of a class, overwriting."""
