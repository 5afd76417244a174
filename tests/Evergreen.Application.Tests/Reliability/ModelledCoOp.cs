using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Evergreen.Application.CoOps;
using Evergreen.Application.Dividends;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Patronage;
using Evergreen.Application.Periods;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.CoOps;
using Evergreen.Domain.Dividends;
using Evergreen.Domain.Equity;
using Evergreen.Domain.Members;
using Evergreen.Domain.Patronage;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;

namespace Evergreen.Application.Tests.Reliability;

/// <summary>A co-op of a few members whose office does one thing after the other, each held against a model that says what must come of it.</summary>
internal sealed class ModelledCoOp
{
    private const int NoImport = 1_000_000_000;
    private static readonly int[] Years = [2023, 2024, 2025];
    private static readonly string[] Policies = [Policy("30%", "20%", "qualified"), Policy("10%", "100%", "qualified"), Policy("0%", "35%", "nonqualified"), Policy("25%", "20%", "nonqualified")];
    private readonly Books books;
    private readonly Random random;
    private readonly CoOp coOp;
    private readonly List<Member> members;
    private readonly Dictionary<int, int> mergedInto = [];
    private readonly List<string> script = [];
    private readonly Dictionary<int, int> policyOf = [];
    private readonly Dictionary<int, long> netOf = [];
    private readonly Dictionary<(int Member, int Year), long> hours = [];
    private readonly Dictionary<string, ModelRun> runs = new(StringComparer.Ordinal);
    private readonly ModelledRedemptions board;
    private ModelLedger ledger = new();
    private long keys;

    private sealed class ModelRun(DividendRun run, Working working, List<Allocation> allocations)
    {
        public DividendRun Run => run;
        public Working Working => working;
        public List<Allocation> Allocations => allocations;
        public bool Approved { get; set; }
        public bool Posted { get; set; }
        public bool Reversed { get; set; }

        /// <summary>What the posting put on each account.</summary>
        public List<(ModelAccount Account, long Cents)> Moved { get; } = [];
    }

    public ModelledCoOp(Books books, Random random, string code)
    {
        (this.books, this.random) = (books, random);
        coOp = new CreateCoOp(books).Run(new(code, "The Co-op", "US", "USD", 12, TaxRegime.SubchapterT, "ann")).Value;
        members = books.Write<List<Member>>(false, db =>
        {
            var joined = new DateOnly(2020, 1, 1);
            var made = Enumerable.Range(1, random.Next(2, 6)).Select(i => new Member { CoOpId = coOp.Id, Number = $"{i}", Kind = MemberKind.Person, Name = $"Member {i}", JoinedOn = joined, TaxIdSealed = random.Next(3) == 0 ? null : "sealed" }).ToList();
            db.AddRange(made);
            db.SaveChanges();
            db.AddRange(made.Select(member => new StatusChange { CoOpId = coOp.Id, MemberId = member.Id, On = joined, Status = MemberStatus.Active, RecordedAt = books.Now }));
            db.AddRange(made.Select(member => new ConsentFact { CoOpId = coOp.Id, MemberId = member.Id, Kind = ConsentKind.Bylaw, On = joined, RecordedAt = books.Now }));
            return made;
        }).Value;
        board = new(books, coOp, random, members, mergedInto);
    }

    /// <summary>What was done, one line each.</summary>
    public string Script => $"{coOp.Code}, {members.Count} members:\n{string.Join('\n', script)}";

    public int Postings => runs.Values.Count(run => run.Posted);
    public int Losses => runs.Values.Count(run => run.Posted && run.Run.AllocatedCents < 0);
    public int Redemptions { get; private set; }
    public int Transfers => mergedInto.Count;
    public string Code => coOp.Code;
    public int Reversals => runs.Values.Count(run => run.Reversed);

    /// <summary>Does so many things, then compares the books with the model.</summary>
    public void Live(int operations)
    {
        var (before, rows) = (0L, "");
        for (var i = 0; i < operations; i++)
        {
            if (i == operations / 2) (before, rows) = (LastSequence(), PostedRows(LastSequence()));
            Step();
        }
        Assert.That(PostedRows(before), Is.EqualTo(operations == 0 ? PostedRows(0) : rows), "a posted row was changed");
        CompareBalances();
        CompareHours();
    }

    private void Step()
    {
        if (random.Next(3) == 0)
        {
            GoOn();
            return;
        }
        switch (random.Next(100))
        {
            case < 15: Contribute(); break;
            case < 19: Redeem(); break;
            case < 22: Transfer(); break;
            case < 34: Import(); break;
            case < 46: Close(); break;
            case < 56: Adopt(); break;
            case < 70: Calculate(); break;
            case < 81: Approve(); break;
            case < 93: Post(); break;
            default: Reverse(); break;
        }
    }

    /// <summary>What an office that wants to finish would do next, so that sequences get as far as postings.</summary>
    private void GoOn()
    {
        var latest = runs.Values.GroupBy(run => run.Run.FiscalYear).Select(year => year.MaxBy(run => run.Run.Number)!).Where(run => !run.Posted).ToList();
        if (latest.Exists(run => run.Approved)) Post();
        else if (latest.Count > 0) Approve();
        else if (Years.Any(year => netOf.ContainsKey(year) && policyOf.ContainsKey(year) && PostedOf(year) is null)) Calculate();
        else if (Years.Any(year => netOf.ContainsKey(year) && !policyOf.ContainsKey(year))) Adopt();
        else if (Years.Any(year => !netOf.ContainsKey(year) && hours.Keys.Any(worked => worked.Year == year))) Close();
        else Import();
    }

    private void Contribute()
    {
        var (member, on) = (Kept(members[random.Next(members.Count)].Id), AnyDay());
        var (code, lot) = random.Next(4) switch
        {
            0 => (AccountCodes.PreferredShares, 0),
            1 => (AccountCodes.QualifiedNotices, random.Next(2018, 2023)),
            2 => (AccountCodes.NonqualifiedNotices, random.Next(2018, 2023)),
            _ => (AccountCodes.MembershipShares, 0),
        };
        long cents = random.Next(1, 5_000_00);
        script.Add($"contribute {cents} to {code}/{lot} of {member} on {on:yyyy-MM-dd}");
        keys++;
        int Append() => books.Write<int>(false, db =>
        {
            LedgerGuard.Append(db, coOp, [new EntryDraft(EntryKind.EquityContribution, NoImport, keys, on, "Paid in", null, new EntryLine(AccountCodes.Bank, null, null, cents), new EntryLine(code, member, lot == 0 ? null : lot, -cents))], books.Now);
            return 1;
        }).Value;
        if (netOf.ContainsKey(on.Year))
        {
            Assert.That(Append, Throws.InstanceOf<System.Data.Common.DbException>().With.Message.Contains("evergreen:closed-year"));
            return;
        }
        Append();
        ledger.Contribute(code, member, lot, cents);
    }

    private DateOnly AnyDay() => new DateOnly(2023, 1, 1).AddDays(random.Next(365 * 3 + 12));

    /// <summary>The board pays capital back or takes that back, or a file says that a member took something out.</summary>
    private void Redeem()
    {
        switch (random.Next(4))
        {
            case 0: RedeemByFile(); break;
            case 1 when board.TakeBack(ledger, script): break;
            default: if (board.PayBack(ledger, script)) Redemptions++; break;
        }
        CompareBalances();
    }

    /// <summary>A member takes back what was paid in or kept: mostly no more than there is, on a day when it was there.</summary>
    private void RedeemByFile()
    {
        var held = ledger.Balances.Where(balance => ModelLedger.Redeemable.ContainsKey(balance.Account.Code) && balance.Cents < 0).OrderBy(balance => balance.Account.Code, StringComparer.Ordinal).ThenBy(balance => balance.Account.Member).ThenBy(balance => balance.Account.Lot).ToList();
        if (held.Count == 0) return;
        var ((code, id, lot), balance) = held[random.Next(held.Count)];
        var (cents, on) = (random.Next(4) == 0 ? -balance + random.Next(1, 100) : random.NextInt64(1, -balance + 1), AnyDay());
        var number = members.Single(member => member.Id == id).Number;
        // The rows of a record that was merged into another go to that one, which may hold less.
        var owner = Kept(id);
        script.Add($"redeem {cents} of {code}/{lot} of {id} on {on:yyyy-MM-dd}");
        var bytes = Encoding.UTF8.GetBytes($"source_id,member_number,account,fiscal_year,posted_on,amount\r\ne{++keys},{number},{ModelLedger.Redeemable[code]},{(lot == 0 ? "" : lot)},{on:yyyy-MM-dd},{new Money(-cents)}\r\n");
        var report = new ImportEquity(books).Run(new ImportRequest(coOp.Code, new ImportFile("equity.csv", () => new MemoryStream(bytes)), "ann") { DespiteTotals = true }).Value;
        var there = cents <= -ledger.Of(code, owner, lot) && lot <= on.Year && !netOf.ContainsKey(on.Year);
        Assert.That(report.Committed, Is.EqualTo(there), $"{report.NotTaken} {report.Problems.FirstOrDefault()}");
        if (!there) return;
        ledger.Redeem(code, owner, lot, cents);
        Redemptions++;
    }

    /// <summary>Two records turn out to be one person: what the one has goes to the other, and its hours of years that are not posted.</summary>
    private void Transfer()
    {
        var (kept, other) = (members[random.Next(members.Count)], members[random.Next(members.Count)]);
        if (mergedInto.Count + 2 >= members.Count && random.Next(4) > 0) return;
        script.Add($"merge {other.Id} into {kept.Id}");
        var expected = kept == other ? "merge-of-itself" : new[] { kept.Id, other.Id }.Select(id => mergedInto.ContainsKey(id) ? "member-merged" : OpenRunWith(id) ? "merge-during-run" : null).FirstOrDefault(code => code is not null);
        var outcome = new MergeMembers(books).Run(new(coOp.Code, kept.Number, other.Number, "the same person", "ann"));
        Expect(outcome, expected);
        if (outcome.IsRefused) return;
        mergedInto[other.Id] = kept.Id;
        ledger.Move(other.Id, kept.Id);
        foreach (var year in Years.Where(year => PostedOf(year) is null))
            if (hours.Remove((other.Id, year), out var worked)) hours[(kept.Id, year)] = hours.GetValueOrDefault((kept.Id, year)) + worked;
        CompareBalances();
    }

    /// <summary>Whether the last run of a year that is not posted has a part for the member.</summary>
    private bool OpenRunWith(int member) => runs.Values.Any(run => !run.Posted && PostedOf(run.Run.FiscalYear) is null && run.Allocations.Exists(part => part.MemberId == member)
        && !runs.Values.Any(later => later.Run.FiscalYear == run.Run.FiscalYear && later.Run.Number > run.Run.Number));

    private int Kept(int member)
    {
        while (mergedInto.TryGetValue(member, out var next)) member = next;
        return member;
    }

    private void Import()
    {
        var (year, rows) = (Years[random.Next(Years.Length)], new StringBuilder("source_id,member_number,work_date,hours\r\n"));
        var worked = new List<(int Member, long Hundredths)>();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var member = members[random.Next(members.Count)];
            long hundredths = random.Next(1, 200_00);
            worked.Add((Kept(member.Id), hundredths));
            rows.Append(CultureInfo.InvariantCulture, $"h{++keys},{member.Number},{year}-{random.Next(1, 13):00}-{random.Next(1, 29):00},{new Money(hundredths)}\r\n");
        }
        script.Add($"import {worked.Count} rows of {year}");
        var bytes = Encoding.UTF8.GetBytes(rows.ToString());
        var report = new ImportHours(books).Run(new ImportRequest(coOp.Code, new ImportFile("hours.csv", () => new MemoryStream(bytes)), "ann") { DespiteTotals = true }).Value;
        Assert.That(report.Committed, Is.EqualTo(!netOf.ContainsKey(year)), $"{report.NotTaken} {report.Problems.FirstOrDefault()}");
        if (!report.Committed) return;
        foreach (var (member, hundredths) in worked) hours[(member, year)] = hours.GetValueOrDefault((member, year)) + hundredths;
    }

    private void Close()
    {
        var year = AnyYear(year => !netOf.ContainsKey(year) && hours.Keys.Any(worked => worked.Year == year));
        long cents = random.Next(8) switch { 0 => 0, 1 or 2 => -random.Next(1, 20_000_00), _ => random.Next(1, 100_000_00) };
        script.Add($"close {year} with {cents}");
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $"line,amount,sourced,pool,reason\r\nResult of the year,{new Money(cents)},patronage,,\r\n");
            var outcome = new CloseFiscalYear(books).Run(new(coOp.Code, year, file, "ann"));
            Expect(outcome, netOf.TryGetValue(year, out var closed) && closed != cents ? "year-already-closed" : null);
        }
        finally
        {
            File.Delete(file);
        }
        if (netOf.TryAdd(year, cents)) ledger.CloseYear(year, cents);
    }

    private void Adopt()
    {
        var (year, policy) = (AnyYear(year => !policyOf.ContainsKey(year)), random.Next(Policies.Length));
        script.Add($"adopt policy {policy} for {year}");
        var outcome = new AdoptPolicy(books).Run(new(coOp.Code, year, Policies[policy], "board"));
        Expect(outcome, PostedOf(year) is null ? null : "policy-of-posted-year");
        if (!outcome.IsRefused) policyOf[year] = policy;
    }

    private void Calculate()
    {
        var year = AnyYear(year => netOf.ContainsKey(year) && policyOf.ContainsKey(year) && PostedOf(year) is null);
        script.Add($"calculate {year}");
        var outcome = new CalculateDividend(books).Run(new(coOp.Code, year, "ann"));
        if (!netOf.ContainsKey(year) || PostedOf(year) is not null || !policyOf.ContainsKey(year))
        {
            Expect(outcome, !netOf.ContainsKey(year) ? "year-not-closed" : PostedOf(year) is not null ? "year-already-posted" : "policy-missing");
            return;
        }
        if (outcome.IsRefused)
        {
            script.Add($"  refused {outcome.Refusal!.Code}");
            return;
        }
        var (run, working) = (outcome.Value.Run, outcome.Value.Working);
        if (runs.ContainsKey(run.Name)) return;
        var allocations = books.Read(db => db.Allocations.Where(row => row.RunId == run.Id).OrderBy(row => row.MemberId).ToList());
        Assert.That((working.ToReserve + working.LossesRecovered - working.LossesCarriedForward).Cents + allocations.Sum(row => row.DividendCents), Is.EqualTo(netOf[year]), "all that was earned is given out");
        runs[run.Name] = new ModelRun(run, working, allocations);
    }

    private void Approve()
    {
        if (AnyRun(run => !run.Approved) is not { } run) return;
        var by = random.Next(5) == 0 ? "ann" : "bea";
        script.Add($"approve {run.Run.Name} by {by}");
        var outcome = new ApproveDividend(books).Run(new(coOp.Code, run.Run.Name, by, "2026/1"));
        var newer = runs.Values.Any(other => other.Run.FiscalYear == run.Run.FiscalYear && other.Run.Number > run.Run.Number);
        var expected = run.Approved ? (by == "bea" ? null : "already-approved") : newer ? "run-superseded" : by == "ann" ? "approval-by-same-person" : null;
        // Balances that went in may have moved since: which, the model does not follow.
        if (expected is null && !run.Approved && outcome.Refusal?.Code == "inputs-changed") return;
        Expect(outcome, expected);
        run.Approved |= !outcome.IsRefused;
    }

    private void Post()
    {
        if (AnyRun(run => run is { Approved: true, Posted: false }) is not { } run) return;
        script.Add($"post {run.Run.Name}");
        var after = ledger.Copy();
        var fits = after.Distribute(run.Run.FiscalYear, run.Working, run.Allocations) && after.IsSound;
        var expected = run.Reversed ? "run-already-reversed" : run.Posted ? null : !run.Approved ? "run-not-approved" : PostedOf(run.Run.FiscalYear) is not null ? "year-already-posted" : !fits ? "accounts-moved" : after.HoldsTheSameAs(ledger) ? "nothing-to-post" : null;
        var outcome = new PostDividend(books).Run(new(coOp.Code, run.Run.Name, "bea"));
        Expect(outcome, expected);
        if (outcome.IsRefused) return;
        Assert.That(outcome.Value.AlreadyThere, Is.EqualTo(run.Posted));
        if (run.Posted) return;
        run.Posted = true;
        var before = ledger.Balances.ToDictionary(balance => balance.Account, balance => balance.Cents);
        foreach (var (account, cents) in after.Balances) run.Moved.Add((account, cents - before.GetValueOrDefault(account)));
        run.Moved.AddRange(before.Where(balance => after.Balances.All(other => other.Account != balance.Key)).Select(balance => (balance.Key, -balance.Value)));
        ledger = after;
        CompareBalances();
    }

    private void Reverse()
    {
        if (AnyRun(run => run is { Posted: true, Reversed: false }) is not { } run) return;
        script.Add($"reverse {run.Run.Name}");
        var after = ledger.Copy();
        foreach (var (account, cents) in run.Moved) after.Add(account.Code, account.Member, account.Lot, -cents);
        var outcome = new ReverseDividend(books).Run(new(coOp.Code, run.Run.Name, "ann", "mistaken"));
        Expect(outcome, run.Reversed ? null : !run.Posted ? "run-not-posted" : after.IsSound ? null : "allocation-used");
        if (outcome.IsRefused) return;
        Assert.That(outcome.Value.AlreadyThere, Is.EqualTo(run.Reversed));
        if (run.Reversed) return;
        run.Reversed = true;
        ledger = after;
        CompareBalances();
    }

    /// <summary>Mostly a year in which the next thing can be done, sometimes any.</summary>
    private int AnyYear(Func<int, bool> fitting)
    {
        var years = Years.Where(fitting).ToList();
        return years.Count == 0 || random.Next(4) == 0 ? Years[random.Next(Years.Length)] : years[random.Next(years.Count)];
    }

    /// <summary>Mostly a run with which the next thing can be done, sometimes any.</summary>
    private ModelRun? AnyRun(Func<ModelRun, bool> fitting)
    {
        if (runs.Count == 0) return null;
        var fit = runs.Values.Where(fitting).ToList();
        return fit.Count == 0 || random.Next(4) == 0 ? runs.Values.ElementAt(random.Next(runs.Count)) : fit[random.Next(fit.Count)];
    }

    private ModelRun? PostedOf(int year) => runs.Values.SingleOrDefault(run => run.Run.FiscalYear == year && run is { Posted: true, Reversed: false });

    private void Expect<T>(Outcome<T> outcome, string? refusal)
    {
        if (outcome.IsRefused) script.Add($"  refused {outcome.Refusal!.Code}");
        Assert.That(outcome.Refusal?.Code, Is.EqualTo(refusal), outcome.Refusal?.Sentence);
    }

    private void CompareBalances()
    {
        var kept = books.Read(db => (from line in db.LedgerLines
                                     join account in db.Accounts on line.AccountId equals account.Id
                                     where line.CoOpId == coOp.Id
                                     group line.AmountCents by new { account.Code, line.MemberId, line.Lot } into sum
                                     select new { sum.Key.Code, sum.Key.MemberId, sum.Key.Lot, Cents = sum.Sum() }).ToList());
        Assert.That(kept.Sum(sum => sum.Cents), Is.Zero);
        Assert.That(kept.Where(sum => sum.Cents != 0).Select(sum => (new ModelAccount(sum.Code, sum.MemberId ?? 0, sum.Lot ?? 0), sum.Cents)), Is.EquivalentTo(ledger.Balances));
        Assert.That(ledger.IsSound, Is.True, "nothing below zero that may not be");
    }

    private void CompareHours()
    {
        var kept = books.Read(db => db.PatronageTotals.Where(total => total.CoOpId == coOp.Id && total.Measure == Measure.Hours).GroupBy(total => new { total.MemberId, total.FiscalYear })
            .Select(total => new { total.Key.MemberId, total.Key.FiscalYear, Hundredths = total.Sum(row => row.Quantity) }).ToList());
        Assert.That(kept.Select(total => ((total.MemberId, total.FiscalYear), total.Hundredths)), Is.EquivalentTo(hours.Select(total => (total.Key, total.Value))));
    }

    private long LastSequence() => books.Read(db => db.LedgerEntries.Where(entry => entry.CoOpId == coOp.Id).Max(entry => (long?)entry.Sequence) ?? 0);

    /// <summary>One hash over every posted row up to an entry, read as they stand.</summary>
    private string PostedRows(long until) => books.Read(db =>
    {
        var rows = db.LedgerEntries.Where(entry => entry.CoOpId == coOp.Id && entry.Sequence <= until).OrderBy(entry => entry.Sequence).AsEnumerable()
            .Select(entry => $"{entry.Sequence}|{entry.Kind}|{entry.Source}|{entry.Item}|{entry.On}|{entry.RecordedAt.Ticks}|{entry.Narration}|{entry.Reverses}|{entry.LineCount}|{Convert.ToHexString(entry.Hash)}")
            .Concat(db.LedgerLines.Where(line => line.CoOpId == coOp.Id && line.Sequence <= until).OrderBy(line => line.Sequence).ThenBy(line => line.LineNo).AsEnumerable()
                .Select(line => $"{line.Sequence}|{line.LineNo}|{line.AccountId}|{line.MemberId}|{line.Lot}|{line.AmountCents}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))));
    });

    private static string Policy(string reserve, string cash, string notice) => $$"""
        { "netIncomeBasis": "book", "memberRatio": "records", "collectiveReserve": "{{reserve}}",
          "pools": [ { "code": "labour", "name": "Labour", "net": "100%", "unit": [ { "measure": "hours" } ], "cash": "{{cash}}", "notice": "{{notice}}" } ],
          "losses": { "steps": [ "reserve", "member-accounts", "carry-forward" ] } }
        """;
}
