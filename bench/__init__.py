"""What we have promised about speed, measured side by side in one run: `script/bench`."""
