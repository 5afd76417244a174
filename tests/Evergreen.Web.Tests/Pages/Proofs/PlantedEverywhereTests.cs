using System.Net;
using Evergreen.Application.Access;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Web.Tests.Pages.Proofs;

/// <summary>However a text came into the books: text that would like to be a script, written past every check into every column that holds text of people or of files, is shown as text on every page. No column is left out without a reason.</summary>
public sealed class PlantedEverywhereTests
{
    /// <summary>Columns that the program itself fills, or reads as one of a few words or as a form of its own: another value in them is no text that is shown but books that cannot be read. <c>*</c> stands for every table.</summary>
    private static readonly (string Why, string[] Columns)[] Kept =
    [
        ("a digest, a sealed value, or a key of the program's own", ["*.CodeDigest", "*.Digest", "*.NameDigest", "*.KeyDigest", "*.TaxIdDigest", "*.Sealed", "*.AuthenticatorSealed", "*.BankAccountSealed", "*.TaxIdSealed", "*.AccountSealed", "*.SecretSealed", "*.PreviousSealed", "*.Sha256", "*.InputsSha256", "*.ResultSha256", "*.PolicySha256", "*.FiguresSha256", "*.PasswordHash", "*.SecurityStamp", "*.ConcurrencyStamp", "*.ConcurrencyToken", "*.Stamp", "*.KeyId", "MemberDocuments.Id", "UploadedFiles.Id", "MemberRequests.DocumentId", "Jobs.OnceKey", "SubmittedForms.*", "KeptAnswers.*", "WebhookDeliveries.MessageId", "SiteKeys.*", "ConnectKeys.*"]),
        ("JSON or numbers that the program writes and reads", ["*.RowJson", "*.TotalsJson", "*.OptionsJson", "*.MappingJson", "*.BeforeJson", "*.WorkingJson", "*.Json", "*.FiguresJson", "*.PolicyJson", "*.RequestJson", "*.ResultJson", "WebhookDeliveries.Body", "Allocations.Units", "RunPools.TotalUnits", "RunPools.UnitsScale", "RunPools.Unit", "RunPools.Code"]),
        ("OpenIddict's own tables, which it reads as its own forms", ["Apps.ApplicationType", "Apps.ClientId", "Apps.ClientSecret", "Apps.ClientType", "Apps.ConsentType", "Apps.DisplayNames", "Apps.JsonWebKeySet", "Apps.Permissions", "Apps.PostLogoutRedirectUris", "Apps.Properties", "Apps.RedirectUris", "Apps.Requirements", "Apps.Settings", "AppConsents.*", "AppScopes.*", "AppTokens.*"]),
        ("by which someone is found who signs in, or who is asked whether they may", ["SignIns.NormalizedEmail", "SignIns.NormalizedUserName", "SignIns.UserName", "SignInClaims.*", "SignInLogins.*", "SignInTokens.*", "CoOps.Code", "SavedFilters.Owner", "SavedFilters.List", "SavedFilters.Query", "Jobs.Owner"]),
        ("one of a few codes that are checked on the way in, with a list of their own", ["CoOps.Country", "CoOps.Currency", "CoOps.Language", "CoOps.TimeZone", "CoOps.BrandColour", "Accounts.Currency", "Accounts.Code", "Members.BankScheme", "BankChanges.Scheme", "Members.BankAccountType", "BankChanges.AccountType", "*.Language", "*.Country"]),
    ];

    [Test]
    public async Task TextThatIsInTheBooksHoweverItCameIsShownAsText()
    {
        await using var site = await DemoSite.Start(PreparedBooks.Path);
        var routes = Routes.Of(site);
        using var administrator = await site.Enter(Role.Administrator);
        using var accountant = await site.Enter(Role.Accountant);
        using var member = await site.EnterAs("ruth@demo.example");
        var columns = site.Books.Read(db => db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Where(property => property.ClrType == typeof(string) && !property.IsForeignKey())
            .Select(property => (Table: entity.GetTableName()!, Column: property.GetColumnName()))).Distinct().OrderBy(one => one).ToList());
        var planted = Plant(site.Database, [.. columns.Where(one => !IsKept(one.Table, one.Column))]);
        var (faults, shown, rows) = (new List<string>(), 0, planted.Count(one => one.Value > 0));
        foreach (var visitor in (HttpClient[])[administrator, accountant, member])
            foreach (var page in (await Walk.Through(routes, visitor, Walk.Starts(routes, "grocery"))).Pages)
            {
                if (page.Text.Contains(Planting.Mark, StringComparison.Ordinal)) shown++;
                if ((int)page.Status >= 500) faults.Add($"{page.Address}: {(int)page.Status}");
                faults.AddRange(Planting.Faults(page));
            }
        TestContext.Out.WriteLine($"proof: {rows} of {planted.Count} columns had rows to write into (not {string.Join(' ', planted.Where(one => one.Value == 0).Select(one => one.Key))}), of {columns.Count}; {shown} pages and files show it");
        foreach (var fault in faults.Distinct().Take(60)) TestContext.Out.WriteLine($"proof: {fault}");
        Assert.Multiple(() =>
        {
            Assert.That(faults.Distinct(), Is.Empty);
            Assert.That(rows, Is.GreaterThan(100));
            Assert.That(shown, Is.GreaterThan(100));
            Assert.That(Kept.SelectMany(kept => kept.Columns).Where(name => !columns.Any(one => name == $"{one.Table}.{one.Column}" || name == $"{one.Table}.*" || name == $"*.{one.Column}")), Is.Empty, "is no column");
        });
    }

    private static bool IsKept(string table, string column) => Kept.Any(kept => kept.Columns.Any(name => name == $"{table}.{column}" || name == $"{table}.*" || name == $"*.{column}"));

    /// <returns>How many rows of each column hold it now. Triggers that would refuse it are taken away first; what is null stays null.</returns>
    private static SortedDictionary<string, int> Plant(string database, IReadOnlyList<(string Table, string Column)> columns)
    {
        using var books = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false, DefaultTimeout = 30 }.ToString());
        books.Open();
        var (triggers, numbered) = (Ask("SELECT name FROM sqlite_master WHERE type = 'trigger'"), Ask("SELECT name FROM pragma_table_list WHERE type = 'table' AND wr = 0").ToHashSet(StringComparer.Ordinal));
        using var all = books.BeginTransaction(deferred: false);
        foreach (var trigger in triggers) Run($"DROP TRIGGER \"{trigger}\"", "");
        var (planted, next) = (new SortedDictionary<string, int>(StringComparer.Ordinal), 0);
        // Of what there is much, some rows are enough; the last ones are shown first.
        foreach (var (table, column) in columns)
            planted[$"{table}.{column}"] = Run($"UPDATE \"{table}\" SET \"{column}\" = $text{(numbered.Contains(table) ? " || rowid" : "")} WHERE \"{column}\" IS NOT NULL{(numbered.Contains(table) ? $" AND rowid IN (SELECT rowid FROM \"{table}\" ORDER BY rowid DESC LIMIT 400)" : "")}", Planting.Payloads[next++ % Planting.Payloads.Count]);
        all.Commit();
        return planted;

        List<string> Ask(string question)
        {
            using var ask = books.CreateCommand();
            ask.CommandText = question;
            using var rows = ask.ExecuteReader();
            var answers = new List<string>();
            while (rows.Read()) answers.Add(rows.GetString(0));
            return answers;
        }

        int Run(string statement, string text)
        {
            using var run = books.CreateCommand();
            (run.Transaction, run.CommandText) = (all, statement);
            run.Parameters.AddWithValue("$text", text);
            try
            {
                return run.ExecuteNonQuery();
            }
            catch (SqliteException refused)
            {
                throw new InvalidOperationException($"{statement}: {refused.Message}", refused);
            }
        }
    }
}
