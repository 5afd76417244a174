using Evergreen.Application.Storage;
using Evergreen.Domain.Arithmetic;

namespace Evergreen.Application.Jobs;

/// <summary>Keeps a job in the hands that have it, where there is nothing to report. Refused to whoever has it no more.</summary>
public sealed class KeepLease(Books books)
{
    public sealed record Request(JobLease Lease, TimeSpan LeaseFor);

    public Outcome<ReportProgress.Result> Run(Request request) => new ReportProgress(books).Run(new(request.Lease, request.LeaseFor, null, []));
}
