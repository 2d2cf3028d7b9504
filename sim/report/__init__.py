"""Telling the answer: tables, sentences tied to their numbers, and figures."""
