/** What the marks in an article's text mean, as a list. */
export const MARKS_KEY = `<ul class="key" aria-label="Key">
<li><span class="content">what is said or thought</span></li>
<li><span class="source">who says it</span></li>
<li><span class="cue">the word for saying</span></li>
<li><span class="evidence">a meeting</span></li>
<li><span class="date">its date</span></li>
<li><span class="mention">a name or what stands for one</span></li>
</ul>`;
