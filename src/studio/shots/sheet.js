/* Hides what the filters do not name. Each figure carries its parts as data; `said` has the messages of each page. */
const form = document.forms[0];
const said = JSON.parse(document.getElementById("said").textContent);
const all = [...document.querySelectorAll("[data-scene]")];
const messages = (element) => said[element.dataset.page] || [];
const sift = () => {
  const scene = form.scene.value.trim().toLowerCase(), message = form.message.value.trim().toLowerCase();
  let count = 0;
  for (const element of all) {
    const { scene: name, locale, kinds } = element.dataset;
    element.hidden = !(name.toLowerCase().includes(scene)
      && (!form.locale.value || locale === form.locale.value)
      && (!form.kind.value || kinds.split(" ").includes(form.kind.value))
      && (!message || messages(element).some((id) => id.toLowerCase().includes(message))));
    if (!element.hidden && element.tagName === "FIGURE") count++;
  }
  for (const group of document.querySelectorAll(".group")) {
    const seen = group.querySelectorAll("[data-scene]:not([hidden])").length;
    group.hidden = !seen;
    group.querySelector("summary").textContent = seen === 1 ? "in one picture" : `in ${seen} pictures`;
  }
  for (const section of document.querySelectorAll("section")) {
    section.hidden = !section.querySelector("[data-scene]:not([hidden])");
  }
  form.count.value = `${count} pictures`;
};
form.oninput = sift;
form.onsubmit = () => false;
form.onreset = () => setTimeout(sift);
/* A link to a picture that is filtered away shows everything again. */
window.onhashchange = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = target && target.closest("details");
  if (folded && !folded.open) {
    folded.open = true;
    target.scrollIntoView();
  }
  if (target && target.hidden) {
    form.reset();
    setTimeout(() => target.scrollIntoView());
  }
};
for (const texts of document.querySelectorAll("figure details")) {
  texts.ontoggle = () => {
    const list = texts.querySelector("p");
    if (!list.textContent) list.textContent = messages(texts.closest("figure")).join(", ");
  };
}
sift();
