"""The organisation: structure, judgement, attention, decisions, practices, workforce, strain, pay. No Mesa."""
