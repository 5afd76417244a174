using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Evergreen.Application.Access;
using Evergreen.Application.Storage;
using Evergreen.Domain.Imports;
using Evergreen.Domain.Jobs;
using Evergreen.Web.Tests.Pages.Proofs;

namespace Evergreen.Web.Tests.Pages;

/// <summary>The site as a process of its own that is told to stop (SIGTERM) while pages are asked for, forms are sent, a stream is open and a job runs.</summary>
public sealed class StoppingTests
{
    private const int Rows = 100_000;
    private const int Notes = 4;
    private const string NoteForm = "/office/grocery/members/1002/note";
    private const string NoteText = "Written while the site was told to stop, ";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);
    private string folder = "";
    private string Database => Path.Combine(folder, "evergreen.db");

    [OneTimeSetUp]
    public void Copy()
    {
        folder = Directory.CreateTempSubdirectory("evergreen-stop-").FullName;
        foreach (var ending in (string[])["", ".keys"])
            if (File.Exists(DemoBooks.Path + ending)) File.Copy(DemoBooks.Path + ending, Database + ending);
    }

    [OneTimeTearDown]
    public void Drop()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task WhatIsAskedForEndsTheStreamClosesAndTheJobIsGivenBackAndTakenUp()
    {
        var address = SiteProcess.FreeAddress();
        int id;
        using (var site = await SiteProcess.Start(address, Database, demo: true))
        {
            using var ana = await site.Enter(DemoSite.MailOf(Role.Accountant));
            var forms = new List<IReadOnlyList<KeyValuePair<string, string>>>();
            for (var form = 0; form < Notes; form++) forms.Add(await ana.Hidden(NoteForm, NoteForm));
            id = await BeginCheck(ana);
            using var stream = await ana.GetAsync(new Uri($"/office/grocery/jobs/{id}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            using var events = new StreamReader(await stream.Content.ReadAsStreamAsync());
            var told = new StringBuilder();
            while (!told.ToString().Contains("Going through the rows", StringComparison.Ordinal)) told.Append(await events.ReadLineAsync()).Append('\n');
            using var enough = new CancellationTokenSource();
            var load = Enumerable.Range(0, 4).Select(_ => Ask(address, enough.Token)).ToList();
            using var rest = new SemaphoreSlim(0);
            var writes = forms.Select((hidden, i) => Write(ana, hidden, i, i == 0 ? rest : null)).ToList();
            await Task.Delay(300);

            Assert.That(writes[0].IsCompleted, Is.False, "half of the form was sent");
            var since = Stopwatch.StartNew();
            var signalled = Stopwatch.GetTimestamp();
            site.Terminate();
            await Task.Delay(100);
            rest.Release();
            told.Append(await events.ReadToEndAsync());
            var (code, took) = (await site.Ended(Longest), since.Elapsed);
            await enough.CancelAsync();
            var asked = (await Task.WhenAll(load)).SelectMany(each => each).ToList();
            var written = await Task.WhenAll(writes);
            var answers = asked.Where(each => each.Status is not null).Select(each => each.Status!.Value).ToList();
            TestContext.Out.WriteLine($"proof: stopped in {took.TotalMilliseconds.ToString("N0", CultureInfo.InvariantCulture)} ms after {answers.Count} answers; forms that were under way: {string.Join(", ", written)}");

            Assert.That(code, Is.Zero);
            Assert.That(took, Is.LessThan(Longest));
            Assert.That(told.ToString(), Does.Contain("retry: 2000").And.EndsWith("\n"), "closed after a whole event, which says when to come again");
            Assert.That(answers, Is.Not.Empty.And.All.EqualTo(HttpStatusCode.OK), "whatever was answered was answered whole");
            Assert.That(asked.Where(each => each.Status is null && (each.Begun || each.SentAt < signalled)), Is.Empty, "nothing that was asked before the signal stayed without an answer, and no answer was cut off");
            Assert.That(written, Has.All.Not.Null, "every form that was under way was answered");
            var kept = new Books(DatabaseAddress.Sqlite(Database), TimeProvider.System).Read(db => db.MemberNotes.Where(note => note.Text.StartsWith(NoteText)).Select(note => note.Text).ToList());
            Assert.That(kept, Is.EquivalentTo(Enumerable.Range(0, Notes).Where(i => written[i] == HttpStatusCode.Redirect).Select(TextOf)), "what was answered as done is there once, and what was refused is not");
            Assert.That(kept, Has.Member(TextOf(0)), "the form whose second half came after the signal");
        }
        var books = new Books(DatabaseAddress.Sqlite(Database), TimeProvider.System);
        Assert.That(books.Read(db => db.Jobs.Where(job => job.Id == id).Select(job => new { job.State, job.Owner, job.Tries }).Single()), Is.EqualTo(new { State = JobState.Queued, Owner = (string?)null, Tries = 0 }), "given back in order: the try does not count");
        Assert.That(Lines(books, id), Does.Contain("The program stops; the work is taken up again."));

        using (var site = await SiteProcess.Start(address, Database, demo: true))
        {
            for (var look = 0; look < 4_000 && State(books, id) is JobState.Queued or JobState.Running; look++) await Task.Delay(50);
            Assert.That(State(books, id), Is.EqualTo(JobState.Done));
            Assert.That(Lines(books, id), Does.Contain("Taken up again.").And.Some.Contains($"{Rows.ToString("N0", CultureInfo.InvariantCulture)} rows checked"));
            Assert.That(books.Read(db => db.ImportDrafts.Select(draft => draft.State).Single()), Is.EqualTo(DraftState.Checked));
            site.Terminate();
            Assert.That(await site.Ended(Longest), Is.Zero);
        }
    }

    private static JobState State(Books books, int id) => books.Read(db => db.Jobs.Where(job => job.Id == id).Select(job => job.State).Single());

    private static List<string> Lines(Books books, int id) => books.Read(db => db.JobLines.Where(line => line.JobId == id).OrderBy(line => line.No).Select(line => line.Text).ToList());

    /// <summary>Sends a large file and has it checked.</summary>
    private static async Task<int> BeginCheck(HttpClient visitor)
    {
        var csv = new StringBuilder("source_id,member_number,purchased_on,amount,department,eligible,store\r\n");
        for (var row = 0; row < Rows; row++) csv.Append(CultureInfo.InvariantCulture, $"R{row},{1001 + row % 100},2026-03-{1 + row % 28:00},{1 + row % 40}.50,grocery,,main\r\n");
        using var form = new MultipartFormDataContent();
        foreach (var (field, value) in await visitor.Hidden("/office/grocery/imports/new", "/office/grocery/imports/new")) form.Add(new StringContent(value), field);
        form.Add(new StringContent("Purchases"), "Kind");
        form.Add(new StringContent("great till"), "Source");
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(csv.ToString())), "File", "great.csv");
        using var sent = await visitor.PostAsync(new Uri("/office/grocery/imports/new", UriKind.Relative), form);
        var columns = sent.Headers.Location!.OriginalString;
        var html = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await visitor.GetStringAsync(new Uri(columns, UriKind.Relative)));
        var found = Walk.Read(columns, columns, columns, (AngleSharp.Html.Dom.IHtmlFormElement)html.QuerySelectorAll("main form[method=post]").First(one => one.GetAttribute("action") == columns));
        using var content = new FormUrlEncodedContent(found.Fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)));
        using var begun = await visitor.PostAsync(new Uri(columns, UriKind.Relative), content);
        var job = begun.Headers.Location!.OriginalString;
        Assert.That(job, Does.StartWith("/office/grocery/jobs/"));
        return int.Parse(job.Split('/')[^1], CultureInfo.InvariantCulture);
    }

    /// <param name="Status">Null where no whole answer came.</param>
    /// <param name="Begun">Some of an answer came.</param>
    private sealed record Asked(long SentAt, HttpStatusCode? Status, bool Begun);

    /// <summary>Asks for a page over and over, until there is no whole answer any more.</summary>
    private static async Task<List<Asked>> Ask(Uri address, CancellationToken enough)
    {
        using var visitor = new HttpClient { BaseAddress = address };
        var answers = new List<Asked>();
        while (!enough.IsCancellationRequested)
        {
            var (sentAt, begun) = (Stopwatch.GetTimestamp(), false);
            try
            {
                using var answer = await visitor.GetAsync(new Uri("/sign-in", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, CancellationToken.None);
                begun = true;
                var page = await answer.Content.ReadAsStringAsync(CancellationToken.None);
                answers.Add(new(sentAt, page.TrimEnd().EndsWith("</html>", StringComparison.Ordinal) ? answer.StatusCode : null, begun));
            }
            catch (HttpRequestException)
            {
                answers.Add(new(sentAt, null, begun));
                break;
            }
        }
        return answers;
    }

    private static string TextOf(int note) => $"{NoteText}{note.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Sends a note about a member.</summary>
    /// <param name="rest">The second half of the form is held back until this is released.</param>
    /// <returns>Null where no answer came.</returns>
    private static async Task<HttpStatusCode?> Write(HttpClient visitor, IReadOnlyList<KeyValuePair<string, string>> hidden, int note, SemaphoreSlim? rest)
    {
        using var whole = new FormUrlEncodedContent([.. hidden, KeyValuePair.Create("Text", TextOf(note))]);
        using var form = new HeldBack(await whole.ReadAsByteArrayAsync(), rest);
        try
        {
            using var answer = await visitor.PostAsync(new Uri(NoteForm, UriKind.Relative), form);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>A form that is sent in two halves.</summary>
    private sealed class HeldBack : HttpContent
    {
        private readonly byte[] bytes;
        private readonly SemaphoreSlim? rest;

        public HeldBack(byte[] bytes, SemaphoreSlim? rest)
        {
            (this.bytes, this.rest) = (bytes, rest);
            Headers.ContentType = new("application/x-www-form-urlencoded");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await stream.FlushAsync();
            if (rest is not null) await rest.WaitAsync();
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
