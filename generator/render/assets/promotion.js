// Sorts and filters the rows that are there; without it the page reads and prints all the same.
const table = document.querySelector(".promotion table"), body = table.tBodies[0];
const rows = [...body.rows], tools = document.querySelector(".outils");
const value = (row, n) => row.cells[n].dataset.tri ?? row.cells[n].textContent.trim();
tools.hidden = false;
for (const head of table.querySelectorAll("thead th")) {
  const button = head.querySelector("button");
  if (!button) continue;
  button.disabled = false;
  button.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending", n = head.cellIndex;
    for (const other of table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort((a, b) => value(a, n).localeCompare(value(b, n), "fr", { numeric: true }) * (down ? -1 : 1));
    body.append(...rows);
  });
}
const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const [search, group] = tools.querySelectorAll("input, select");
const filter = () => {
  for (const row of rows) row.hidden = !plain(row.cells[0].textContent).includes(plain(search.value))
    || (group.value !== "" && row.dataset.classe !== group.value);
};
search.addEventListener("input", filter);
group.addEventListener("change", filter);
