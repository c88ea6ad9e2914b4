"""What `grade` does: finding and taking in sheets, marking, writing feedback."""
