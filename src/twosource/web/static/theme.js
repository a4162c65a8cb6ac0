// The reader's choice of dark or light, set before anything is drawn.
try {
  const theme = localStorage.getItem("twosource theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch { /* storage may be forbidden: then the system decides */ }
document.documentElement.classList.add("js");
