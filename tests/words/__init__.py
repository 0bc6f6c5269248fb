"""How tests name what stands in Slack, without knowing its words."""
