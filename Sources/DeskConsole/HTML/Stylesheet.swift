/// How every page looks: calm, few colours, large enough, and the same at any width.
enum Stylesheet {
    /// The picture beside the title: a gate.
    static let icon: StaticString = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#3b6f75" \
        d="M2 15V6a6 6 0 0 1 12 0v9h-3V6a3 3 0 0 0-6 0v9z"/></svg>
        """

    /// The one style sheet.
    static let text: StaticString = """
        :root { color-scheme: light dark; --ground: #faf9f7; --raised: #ffffff; --ink: #22262a;
          --soft: #565d63; --line: #c9c8c3; --way: #1d5a63; --on-way: #ffffff; --grave: #8c2f28;
          --warm: #f6ecd9; --good: #e3efe6; --bad: #f8e3e0; --focus: #0b57d0; }
        @media (prefers-color-scheme: dark) { :root { --ground: #17191b; --raised: #202326;
          --ink: #e6e4df; --soft: #b0b3b5; --line: #4a4f53; --way: #8cc7cf; --on-way: #10211f;
          --grave: #f0a39b; --warm: #3a3222; --good: #22352a; --bad: #43282a; --focus: #a8c7fa; } }
        * { box-sizing: border-box; }
        html { font: 100%/1.6 system-ui, "Noto Sans", sans-serif; background: var(--ground);
          color: var(--ink); overflow-wrap: anywhere; }
        body { margin: 0 auto; max-width: 68rem; padding: 0 1rem 4rem; }
        main { outline: none; } main > p, main > ul { max-width: 44rem; }
        .bare { max-width: 32rem; margin: 3rem auto; }
        a { color: var(--way); text-underline-offset: .2em; }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 3px; }
        .skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: .5rem;
          background: var(--raised); padding: .5rem 1rem; }
        header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center;
          justify-content: space-between; border-bottom: 1px solid var(--line); padding: .75rem 0; }
        nav ul, .row ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem;
          margin: 0; padding: 0; }
        nav a { display: inline-block; padding: .35rem 0; }
        [aria-current] { color: var(--ink); font-weight: 600; text-decoration-thickness: 3px; }
        .tabs { border-bottom: 1px solid var(--line); padding-bottom: .35rem; }
        .where { color: var(--soft); margin: 1rem 0 .25rem; } .where strong { color: var(--ink); }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 1.25rem 0 .75rem; font-weight: 600; }
        h2 { font-size: 1.15rem; line-height: 1.3; margin: 2rem 0 .5rem; font-weight: 600; }
        h3 { font-size: 1rem; margin: 1rem 0 .25rem; font-weight: 600; }
        p { margin: .5rem 0; } .note { color: var(--soft); font-size: .92rem; }
        section { margin-top: 1.5rem; } section > h2:first-child { margin-top: 0; }
        main > section, main > form > section { background: var(--raised); border: 1px solid var(--line);
          border-radius: 8px; padding: 1rem; }
        dl { margin: 0; } dt { color: var(--soft); font-size: .92rem; margin-top: .6rem; }
        dd { margin: 0; } dd > ul, dd dl { margin: 0; padding-left: 1rem; }
        .words { white-space: pre-wrap; max-width: 42rem; font-size: 1.06rem; }
        blockquote, .words { unicode-bidi: isolate; } code { font-size: .88em; }
        pre { white-space: pre-wrap; background: var(--raised); border: 1px solid var(--line);
          border-radius: 8px; padding: 1rem; font-size: .88rem; line-height: 1.55; }
        .badge { display: inline-block; border: 1px solid var(--line); border-radius: 4px;
          padding: 0 .45rem; font-size: .88rem; background: var(--raised); }
        .danger { border-color: var(--grave); color: var(--grave); font-weight: 600; }
        .goes { background: var(--good); font-weight: 600; }
        .queue { list-style: none; margin: 1rem 0; padding: 0; }
        .case { background: var(--raised); border: 1px solid var(--line); border-radius: 8px;
          padding: .75rem 1rem; margin: .6rem 0; }
        .case h2 { margin: 0; font-size: 1.05rem; } .case p { margin: .3rem 0; }
        .badges { line-height: 2; } .reason { max-height: 4.8em; overflow: hidden; }
        .notice { border: 1px solid var(--line); border-left: 6px solid var(--way);
          background: var(--raised); border-radius: 6px; padding: .5rem 1rem; margin: 1rem 0; }
        .warning { border-left-color: var(--soft); background: var(--warm); }
        .done { background: var(--good); } .problem { border-left-color: var(--grave);
          background: var(--bad); } .notice pre { margin: .5rem 0; }
        form { margin: 0; } main form { margin: 1rem 0; }
        .field { margin: 1rem 0; max-width: 42rem; } .row .field { margin: 0; }
        .row { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: end; margin: 1rem 0; }
        label { font-weight: 600; display: block; } .tick label { font-weight: 400; display: inline; }
        .field .note { margin: 0; }
        input, textarea, select, button { font: inherit; color: inherit; }
        input:not([type=checkbox]):not([type=radio]), textarea, select { width: 100%; min-height: 2.75rem;
          padding: .5rem .6rem; background: var(--raised); border: 1px solid var(--soft);
          border-radius: 6px; margin-top: .2rem; }
        textarea { line-height: 1.5; resize: vertical; }
        .tick { display: flex; gap: .6rem; align-items: flex-start; padding: .3rem 0; }
        .tick input { width: 1.25rem; height: 1.25rem; margin: .2rem 0 0; flex: none; accent-color: var(--way); }
        .boxes { columns: 18rem; padding-left: 1.85rem; } .boxes .tick { break-inside: avoid; }
        fieldset { border: 1px solid var(--line); border-radius: 8px; margin: 1.25rem 0; padding: .75rem 1rem;
          min-width: 0; background: var(--raised); } legend { font-weight: 600; padding: 0 .4rem; }
        button { min-height: 2.75rem; padding: .5rem 1.1rem; border-radius: 6px; cursor: pointer;
          background: var(--way); color: var(--on-way); border: 1px solid var(--way); font-weight: 600; }
        .quiet { background: transparent; color: var(--way); font-weight: 400; }
        .grave { background: transparent; color: var(--grave); border: 2px solid var(--grave); }
        details { margin: .5rem 0; } summary { cursor: pointer; padding: .35rem 0; color: var(--way); }
        .part { border-top: 1px solid var(--line); padding-top: .5rem; margin-top: .75rem; }
        .part:first-of-type { border-top: 0; }
        figure { margin: .5rem 0; } .covered { border: 1px dashed var(--soft); border-radius: 6px;
          padding: 1rem; color: var(--soft); background: repeating-linear-gradient(45deg, transparent,
          transparent 10px, var(--ground) 10px, var(--ground) 20px); }
        .coarse { display: block; width: min(100%, 20rem); height: auto; filter: blur(.6rem);
          clip-path: inset(0); } .seen { display: block; max-width: min(100%, 24rem); max-height: 24rem; }
        .large { display: block; max-width: 100%; height: auto; } .grey { filter: grayscale(1); }
        audio { width: min(100%, 24rem); }
        .decisions { list-style: none; padding: 0; } .decisions li { padding: .25rem 0; }
        .table { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
        th, td { text-align: start; vertical-align: top; padding: .45rem .75rem .45rem 0;
          border-bottom: 1px solid var(--line); } th { color: var(--soft); font-weight: 600; }
        td:first-child { white-space: nowrap; }
        @media (min-width: 60rem) { .beside { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem;
          align-items: start; } .beside section { margin: 1rem 0; } .beside > div { min-width: 0; } }
        """
}
