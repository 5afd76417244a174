using Evergreen.Application.Storage;
using Evergreen.Documents.Drawing;
using Evergreen.Documents.Notices;

namespace Evergreen.House.Tests.Planted.Doors;

public static class DrawsByItself { public static byte[] Run(RecordPaper paper) => paper.Draw(PaperSize.A4); }

public static class DrawsInALambda { public static Func<int, object> Run() => pages => new StampedPaper(pages, typeof(RecordPaper)); }

public sealed record StampedPaper(int Pages, Type Kind);

public static class AsksByItself { public static int Run(Books books) => books.Read(db => db.Members.Count()); }

public static class AsksAVerb { public static object Run(Books books) => new Application.CoOps.ListCoOps(books).Run(); }
