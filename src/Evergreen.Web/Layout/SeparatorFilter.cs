using Evergreen.Application.Imports;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Evergreen.Web.Layout;

/// <summary>A file that is given back in the form in which it came: its separator stays, whatever was chosen for ours.</summary>
public sealed class FileInItsForm(Stream file, string type) : FileStreamResult(file, type);

/// <summary>Hands out CSV files with semicolons to whoever chose them. Whatever page made the file: it goes by what is handed out.</summary>
public sealed class SeparatorFilter(SiteMode mode) : IResultFilter
{
    public void OnResultExecuting(ResultExecutingContext context)
    {
        if (context.Result is not FileResult { ContentType: { } type } file || file is FileInItsForm || !type.StartsWith("text/csv", StringComparison.Ordinal) || !mode.Semicolons(context.HttpContext.Request)) return;
        Stream? from = file switch { FileContentResult content => new MemoryStream(content.FileContents, writable: false), FileStreamResult stream => stream.FileStream, _ => null };
        if (from is null) return;
        // By way of a file that goes when it is sent: some are too large for the memory.
        var to = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        using (from) SemicolonFile.Write(from, to);
        to.Position = 0;
        context.Result = new FileStreamResult(to, type) { FileDownloadName = file.FileDownloadName };
    }

    public void OnResultExecuted(ResultExecutedContext context)
    {
    }
}
