using Evergreen.Application.Statements;
using Evergreen.Domain.Mail;
using Evergreen.Domain.Statements;

namespace Evergreen.Web.Office.Statements;

/// <summary>How the ways of a statement to its member are spoken of.</summary>
public static class BatchWords
{
    public static string Takes(StatementBatchPage.Row row) => row.ByMail ? "by mail notice" : "on paper";

    public static string Way(StatementDeliveryWay way) => way switch { StatementDeliveryWay.Printed => "Printed", StatementDeliveryWay.Mailed => "Notice by mail", _ => "Opened" };

    public static string Mail(MailState state) => state switch { MailState.Queued => "waits to be sent", MailState.Sending => "is being sent", MailState.Sent => "sent", _ => "failed" };
}
