// Search and filter over the rows of the desk; without it all rows are shown.
const form = document.getElementById("filter");
const rows = [...document.querySelectorAll(".rows > li[data-verdicts]")];
if (form && rows.length) {
  form.hidden = false;
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const show = () => {
    const words = form.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = [...form.querySelectorAll("input[name=verdict]:checked")].map((box) => box.value);
    let count = 0;
    rows.forEach((row, index) => {
      const verdicts = row.dataset.verdicts.split(" ");
      const fits = words.every((word) => texts[index].includes(word)) && wanted.some((one) => verdicts.includes(one));
      row.hidden = !fits;
      count += fits;
    });
    document.getElementById("shown").textContent = `${count} of ${rows.length}`;
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  show();
}
