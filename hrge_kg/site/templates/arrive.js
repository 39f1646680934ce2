"use strict";
// An IRI with a hash arrives here: it goes on to the page that is named like what is after the hash.
(() => {
  const folder = document.getElementById("arrive").dataset.folder;
  const goOn = () => {
    const name = location.hash.slice(1);
    if (/^\w[\w.-]*$/.test(name) && !document.getElementById(name)) {
      location.replace(`${folder}/${name}.html`);
    }
  };
  addEventListener("hashchange", goOn);
  goOn();
})();
