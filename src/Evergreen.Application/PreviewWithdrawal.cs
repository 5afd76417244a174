using Evergreen.Application.CoOps;
using Evergreen.Application.Equity;
using Evergreen.Application.Imports;
using Evergreen.Application.Members;
using Evergreen.Application.Patronage;
using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Imports;

namespace Evergreen.Application;

/// <summary>What the withdrawal of an import would take back, and everything that stands against it. Counted and not tried out, so that nobody who writes waits for it.</summary>
/// <remarks>Stands above the street, as the withdrawal itself does.</remarks>
public sealed class PreviewWithdrawal(Books books)
{
    /// <summary>Obstacles named for each cause; a person needs to see the first few.</summary>
    public const int MostEach = 20;

    /// <param name="Would">What would be taken back; null where something stands against it.</param>
    /// <param name="Obstacles">Empty where nothing does.</param>
    public sealed record Result(int Number, ImportKind Kind, string FileName, ImportWithdrawal? Would, IReadOnlyList<WithdrawalObstacle> Obstacles);

    public Outcome<Result> Run(string? coOpCode, int number) => books.Read<Outcome<Result>>(db =>
    {
        var found = FindCoOp.Run(db, coOpCode);
        if (found.IsRefused) return found.Refusal!;
        var coOp = found.Value;
        if (db.Imports.SingleOrDefault(i => i.CoOpId == coOp.Id && i.Number == number) is not { } import) return Imports.Refusals.ImportUnknown(number);
        if (import.WithdrawnAt is { } at) return Imports.Refusals.ImportWithdrawn(import, at);
        var obstacles = import.Kind switch
        {
            ImportKind.Members => MembersWithdrawal.Obstacles(db, coOp, import, MostEach),
            ImportKind.Equity => EquityWithdrawal.Obstacles(db, coOp, import, books.Today(coOp), MostEach),
            _ => PatronageWithdrawal.Obstacles(db, coOp, import),
        };
        return new Result(number, import.Kind, import.FileName, obstacles.Count > 0 ? null : import.Kind switch
        {
            ImportKind.Members => MembersWithdrawal.Would(db, coOp, import),
            ImportKind.Equity => EquityWithdrawal.Would(db, coOp, import),
            _ => PatronageWithdrawal.Would(db, import),
        }, obstacles);
    });
}
