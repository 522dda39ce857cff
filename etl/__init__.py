"""Sources → checked tables → an immutable release."""
