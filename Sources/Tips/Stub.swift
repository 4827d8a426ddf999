// Tips
