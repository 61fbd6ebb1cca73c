// Everything works without this file, but for copying, downloading and popups.
(function () {
  "use strict";

  function each(selector, work) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), work);
  }

  function textOf(id) {
    var element = document.getElementById(id);
    return !element ? "" : "value" in element ? element.value : element.textContent.trim();
  }

  // A button that copies what stands in an element: data-copy is its id, data-done what the button says afterwards.
  each("button[data-copy]", function (button) {
    if (!navigator.clipboard) {
      return;
    }
    button.hidden = false;
    var label = button.textContent;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(textOf(button.dataset.copy)).then(function () {
        button.textContent = button.dataset.done;
        button.setAttribute("aria-live", "polite");
        setTimeout(function () { button.textContent = label; }, 3000);
      });
    });
  });

  // A button that saves it as a file.
  each("button[data-download]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var file = new Blob([textOf(button.dataset.download) + "\n"], { type: "text/plain" });
      var link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = button.dataset.file;
      link.click();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    });
  });

  // What is shown once does not come back with the page.
  window.addEventListener("pagehide", function () {
    each("[data-once]", function (element) { element.textContent = ""; });
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted && document.querySelector("[data-once]")) {
      location.replace(document.querySelector("[data-once]").dataset.once);
    } else if (event.persisted && document.body.hasAttribute("data-live")) {
      location.reload(); // what was kept for the back button may be over
    }
  });

  // A search box that narrows the list in place.
  each("input[data-filter]", function (box) {
    var rows = document.querySelectorAll(box.dataset.filter);
    var none = document.getElementById(box.dataset.none);
    box.addEventListener("input", function () {
      var wanted = box.value.trim().toLowerCase();
      var found = 0;
      Array.prototype.forEach.call(rows, function (row) {
        var fits = row.dataset.name.indexOf(wanted) >= 0;
        row.hidden = !fits;
        found += fits ? 1 : 0;
      });
      if (none) {
        none.hidden = found > 0;
      }
    });
  });

  // Times in the zone and the manner of the browser.
  each("time[datetime]", function (time) {
    var at = new Date(time.dateTime);
    if (!isNaN(at)) {
      time.title = time.textContent;
      time.textContent = at.toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
    }
  });

  // A form is sent once.
  each("form[method=post]:not([data-popup])", function (form) {
    form.addEventListener("submit", function () {
      setTimeout(function () { each("button", function (button) { button.disabled = form.contains(button) || button.disabled; }); }, 0);
    });
  });
  window.addEventListener("pageshow", function () {
    each("form[method=post] button", function (button) { button.disabled = false; });
  });

  // What was refused gets the focus.
  var refused = document.querySelector(".error-summary");
  if (refused) {
    refused.focus();
  }

  // A popup that ends tells the page that opened it, and other pages of these: status only.
  var ended = document.body.dataset;
  var channel = "BroadcastChannel" in window ? new BroadcastChannel("bulla") : null;
  if (ended.outcome) {
    var message = { type: "bulla", connection: ended.connection, outcome: ended.outcome };
    if (channel) {
      channel.postMessage(message);
    }
    if (ended.origin) {
      if (window.opener) {
        window.opener.postMessage(message, ended.origin);
      }
      window.close();
    }
  }

  // A form that opens a popup. Some services cut the tie to it, so nothing here depends on a message from it: a popup that is closed, or
  // seems so, while this window has the focus is enough.
  if (channel && document.querySelector("form[data-popup]")) {
    channel.onmessage = function () { location.reload(); };
  }
  each("form[data-popup]", function (form) {
    form.addEventListener("submit", function () {
      var popup = window.open("", form.dataset.popup, "popup,width=640,height=760");
      if (!popup) {
        return;
      }
      form.target = form.dataset.popup;
      form.querySelector("[name=popup]").value = location.origin;
      var watch = setInterval(function () {
        if (popup.closed && document.hasFocus()) {
          clearInterval(watch);
          location.reload();
        }
      }, 400);
    });
  });
})();
