"""The demo story: invented people in real places, on one day in Manchester."""
