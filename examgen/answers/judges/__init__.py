"""What judges have in common: several readings, roundings, orientations."""
