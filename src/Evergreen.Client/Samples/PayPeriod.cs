using System.Globalization;

namespace Evergreen.Client.Samples;

/// <summary>Sends the hours of a pay period from payroll's file: <c>member,hours,wages</c>, one line a member. Sent a second time, nothing is doubled.</summary>
public sealed class PayPeriod(EvergreenClient evergreen)
{
    private const int LinesInACall = 500;

    public sealed record Period(DateOnly Start, DateOnly End, DateOnly PaidOn);

    /// <param name="Refused">Member and reason of each line that was not taken.</param>
    public sealed record Outcome(int Recorded, int Replayed, IReadOnlyList<(string Member, string Why)> Refused);

    public async Task<Outcome> Send(Period period, IEnumerable<string> csv, CancellationToken stop = default)
    {
        var (recorded, replayed, refused) = (0, 0, new List<(string, string)>());
        foreach (var lines in csv.Skip(1).Where(line => line.Length > 0).Select(line => Read(period, line)).Chunk(LinesInACall))
        {
            // Each row's id keeps it from being doubled, so a second run may use other keys, and rows that were refused before are tried again.
            var answer = await evergreen.RecordHours(lines, Guid.NewGuid().ToString("N"), stop).ConfigureAwait(false);
            recorded += answer.Recorded;
            replayed += answer.Replayed;
            refused.AddRange(answer.Lines.Where(line => line.IsRefused).Select(line => (lines[line.Line].Member ?? "", line.Detail ?? line.Code ?? "")));
        }
        return new Outcome(recorded, replayed, refused);
    }

    private static NewHours Read(Period period, string line)
    {
        var cells = line.Split(',');
        // Member and period name the row for ever: a second file of the same period finds it there.
        return new NewHours(string.Create(CultureInfo.InvariantCulture, $"{period.Start:yyyyMMdd}-{period.End:yyyyMMdd}-{cells[0]}"), decimal.Parse(cells[1], CultureInfo.InvariantCulture), cells[0])
        {
            PeriodStart = period.Start, PeriodEnd = period.End, PaidOn = period.PaidOn,
            Wages = cells.Length > 2 && cells[2].Length > 0 ? decimal.Parse(cells[2], CultureInfo.InvariantCulture) : null,
        };
    }
}
