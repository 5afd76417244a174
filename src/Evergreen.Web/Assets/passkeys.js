// Passkeys: asks the server what to ask, the browser for the answer, and sends that as an ordinary form.
(() => {
  if (!window.PublicKeyCredential || !PublicKeyCredential.parseRequestOptionsFromJSON) return;
  document.querySelectorAll("form[data-passkey]").forEach(form => {
    form.hidden = false;
    const said = form.querySelector("[data-passkey-said]");
    form.addEventListener("submit", async event => {
      if (form.elements.credential.value) return;
      event.preventDefault();
      event.stopPropagation();
      // One press is enough: a second one would ask for the finger again while the first waits for it.
      if (form.dataset.sent) return;
      form.dataset.sent = "1";
      if (said) said.hidden = true;
      try {
        const answer = await fetch(form.dataset.options, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(said?.dataset.old);
        const options = await answer.json();
        const credential = form.dataset.passkey === "make"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        form.elements.credential.value = JSON.stringify(credential.toJSON());
        form.submit();
      } catch (fault) {
        delete form.dataset.sent;
        if (!said) return;
        said.textContent = fault.name === "NotAllowedError" ? said.dataset.none : fault.message;
        said.hidden = false;
      }
    }, { capture: true });
  });
})();
