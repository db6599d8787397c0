"""What people type into reports and lists."""
