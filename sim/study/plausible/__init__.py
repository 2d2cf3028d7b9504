"""All that is not known, drawn at once: worlds from the prior, those that patterns rule out left aside."""
