"""What stands beside training."""
