'use strict';
// The languages of this browser first; without script the list is simply as it is.
(function () {
  const list = document.getElementById('languages');
  const wanted = (navigator.languages || [navigator.language || '']).map(readAs).reverse();
  wanted.forEach(function (tag) {
    const links = Array.from(list.querySelectorAll('a'));
    const link = links.find(function (a) { return fits(a.hreflang, tag); });
    if (link) list.insertBefore(link.parentNode, list.firstChild);
  });

  // Chinese tags often name a place, where our list names a script.
  function readAs(tag) {
    if (/^zh/i.test(tag)) return /hant|tw|hk|mo/i.test(tag) ? 'zh-Hant' : 'zh-Hans';
    return tag;
  }

  function fits(ours, tag) {
    return ours.toLowerCase() === tag.toLowerCase() || ours === tag.split('-')[0].toLowerCase();
  }
})();
