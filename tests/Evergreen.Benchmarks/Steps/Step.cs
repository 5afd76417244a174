using System.Diagnostics;
using Evergreen.Application.Storage;
using Evergreen.Benchmarks.Stage;
using Microsoft.EntityFrameworkCore;

namespace Evergreen.Benchmarks.Steps;

/// <summary>What one child process does: prepare, warm up on the small co-op, time itself on the large one, and verify what came of it.</summary>
internal sealed record Step(string Name, DatabaseAddress Database, string Folder, int Members, int LinesEach)
{
    public TrialCoOp Grocery => TrialCoOp.Grocery(Members, LinesEach);
    public Books Books => new(Database, new BoardMeeting());

    public StepResult Run() => Name switch
    {
        "prepare" => Prepare(),
        "hours" => new IntakeStep(this).Hours(),
        "equity" => new IntakeStep(this).Equity(),
        "import" => new ImportStep(this).Evergreen(),
        "import-plain" => new ImportStep(this).Plain(),
        "close" => Close(),
        "run" => new RunStep(this).Evergreen(),
        "run-plain" => new RunStep(this).Plain(),
        "statements" => new StatementsStep(this).IntoZip(),
        "statements-plain" => new StatementsStep(this).Plain(),
        "files" => new StatementsStep(this).IntoFolder(),
        "files-plain" => new StatementsStep(this).PlainFiles(),
        _ => throw new ArgumentException($"There is no step '{Name}'."),
    };

    private StepResult Prepare()
    {
        Migrator.Run(Database);
        TrialCoOp.Warm.Found(Books, Folder);
        var watch = Stopwatch.StartNew();
        Grocery.Found(Books, Folder);
        return new StepResult(watch.Elapsed.TotalSeconds, Members);
    }

    private StepResult Close()
    {
        TrialCoOp.Warm.CloseYear(Books, Folder);
        Grocery.CloseYear(Books, Folder);
        if (Database.Kind == DatabaseKind.PostgreSql)
        {
            using var db = Books.Open();
            db.Database.ExecuteSql($"VACUUM ANALYZE");
            // What the import left to be written must not be waited for in the run.
            db.Database.ExecuteSql($"CHECKPOINT");
        }
        return new StepResult(0, Members);
    }
}
