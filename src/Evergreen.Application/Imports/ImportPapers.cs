using System.Text;

namespace Evergreen.Application.Imports;

/// <summary>The files that an import leaves for the operator: the rejected rows, and every problem as a line of JSON. Neither stays when it would be empty.</summary>
internal sealed class ImportPapers : IDisposable
{
    private readonly ImportRequest request;
    private readonly StreamWriter? rejects, problems;

    public ImportPapers(ImportRequest request)
    {
        this.request = request;
        rejects = request.RejectsPath is { } path ? Open(path, mark: true) : null;
        problems = request.ProblemsPath is { } lines ? Open(lines, mark: false) : null;
        Problems = new ProblemList(problems);
        Rejects = rejects is null ? null : new RejectsFile(rejects);
    }

    public ProblemList Problems { get; }
    public RejectsFile? Rejects { get; }

    public void Dispose()
    {
        rejects?.Dispose();
        problems?.Dispose();
        // Papers of another kind are thrown away by whoever opened them.
        if (request.OpenPaper is not null) return;
        if (rejects is not null && Rejects!.Rows == 0) File.Delete(request.RejectsPath!);
        if (problems is not null && Problems.Errors + Problems.Warnings == 0) File.Delete(request.ProblemsPath!);
    }

    private StreamWriter Open(string path, bool mark)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: mark);
        return request.OpenPaper is { } open ? new StreamWriter(open(path), encoding) : new StreamWriter(path, append: false, encoding);
    }
}
