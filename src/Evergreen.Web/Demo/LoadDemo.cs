using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;
using Evergreen.Domain.Dividends;

namespace Evergreen.Web.Demo;

/// <param name="Folder">Where its statements lie.</param>
public sealed record YearEnd(string CoOp, DividendRun Run, int Statements, string Folder);

/// <summary>Fills books with the sample co-ops: by <c>demo load</c>, by <c>serve --demo</c>, and where the set-up is told to. Broken off, it goes on where it was; done again, it finds everything there.</summary>
public static class LoadDemo
{
    /// <param name="address">Books whose schema is there.</param>
    /// <param name="statements">Folder for the statements of the years.</param>
    /// <param name="progress">Told each year before it is done.</param>
    public static Outcome<List<YearEnd>> Run(DatabaseAddress address, string statements, Action<string>? progress)
    {
        var clock = new SetClock();
        var books = new Books(address, clock);
        var years = new List<YearEnd>();
        foreach (var sample in SampleCoOp.All())
        {
            var done = new YearEnds(books, clock, sample, statements, progress).Run();
            if (done.IsRefused) return done.Refusal!;
            years.AddRange(done.Value);
        }
        return years;
    }
}
