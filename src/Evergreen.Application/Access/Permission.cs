namespace Evergreen.Application.Access;

/// <summary>One thing that one may be allowed to do. What is not listed here nobody may do; who may is in <see cref="Permissions.Table"/>.</summary>
public enum Permission
{
    SeeMembers,
    EditMembers,
    DecideApplications,
    AnswerRequests,
    EraseMembers,
    RevealSecrets,
    EditSecrets,
    MergeMembers,
    Import,
    UndoImport,
    CloseYear,
    EditPolicy,
    CalculateDividend,
    ApproveDividend,
    PostDividend,
    ReverseDividend,
    IssueStatements,
    SeeLedger,
    SeeAudit,
    ManageUsers,
    EditSettings,
    EditSafeguards,
    SeeJobs,
}
