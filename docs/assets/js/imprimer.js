// Without script the button stays hidden: it could do nothing.
const bouton = document.getElementById("imprimer");
bouton.hidden = false;
bouton.addEventListener("click", () => window.print());
