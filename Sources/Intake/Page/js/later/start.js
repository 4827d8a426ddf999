// The lists of files, and the keyboard's own key for "done".

reportFiles = fileList(document.querySelector('#more .files'));
const mailFiles = fileList(document.querySelector('#mailbox .files'));
pressOnEnter('typed', 'check');
