using System.Runtime.InteropServices;

namespace Evergreen.Documents.Drawing;

/// <summary>The subsetting half of HarfBuzz, which its .NET binding leaves out.</summary>
internal static unsafe partial class HarfBuzzSubset
{
    private const string Library = "libHarfBuzzSharp";

    private const uint NoHinting = 0x1;
    private const uint NotdefOutline = 0x40;
    private const uint NoLayoutClosure = 0x200;
    private const int DropTables = 3;
    private const int NameIds = 4;
    private const uint PostScriptName = 6;

    /// <summary>A TrueType file with these glyphs and the parts they are built of, without hinting, layout or names.</summary>
    /// <param name="glyphs">Each with the character it stands for, written as the file's character map, or a negative number.</param>
    /// <param name="oldToNew">Asks for the new number of each glyph once the file is made.</param>
    /// <exception cref="InvalidOperationException">HarfBuzz could not make the subset.</exception>
    public static byte[] Make(IntPtr face, IReadOnlyDictionary<ushort, int> glyphs, Dictionary<ushort, ushort> oldToNew)
    {
        var input = Made(hb_subset_input_create_or_fail(), "input");
        try
        {
            hb_subset_input_set_flags(input, NoHinting | NotdefOutline | NoLayoutClosure);
            foreach (var glyph in glyphs.Keys) hb_set_add(hb_subset_input_glyph_set(input), glyph);
            foreach (var table in (string[])["GSUB", "GPOS", "GDEF", "kern", "DSIG", "BASE"]) hb_set_add(hb_subset_input_set(input, DropTables), Tag(table));
            hb_set_clear(hb_subset_input_set(input, NameIds));
            hb_set_add(hb_subset_input_set(input, NameIds), PostScriptName);
            var plan = Made(hb_subset_plan_create_or_fail(face, input), "plan");
            try
            {
                var mapping = hb_subset_plan_old_to_new_glyph_mapping(plan);
                foreach (var glyph in glyphs.Keys) oldToNew[glyph] = (ushort)hb_map_get(mapping, glyph);
                var subset = Made(hb_subset_plan_execute_or_fail(plan), "face");
                try { return WithCharacterMap(subset, CharacterMap(glyphs, oldToNew)); }
                finally { hb_face_destroy(subset); }
            }
            finally { hb_subset_plan_destroy(plan); }
        }
        finally { hb_subset_input_destroy(input); }
    }

    /// <summary>The same face, made ready so that many subsets can be cut from it faster.</summary>
    public static IntPtr Prepare(IntPtr face) => Made(hb_subset_preprocess(face), "prepared face");

    private static byte[] WithCharacterMap(IntPtr subset, byte[] characterMap)
    {
        var builder = Made(hb_face_builder_create(), "builder");
        try
        {
            foreach (var table in (string[])["head", "hhea", "maxp", "OS/2", "hmtx", "loca", "glyf", "name", "post"])
                Add(builder, table, hb_face_reference_table(subset, Tag(table)));
            fixed (byte* start = characterMap)
                Add(builder, "cmap", hb_blob_create(start, (uint)characterMap.Length, 0, IntPtr.Zero, IntPtr.Zero));
            var file = hb_face_reference_blob(builder);
            try { return new ReadOnlySpan<byte>(hb_blob_get_data(file, out var length), (int)length).ToArray(); }
            finally { hb_blob_destroy(file); }
        }
        finally { hb_face_destroy(builder); }
    }

    private static void Add(IntPtr builder, string table, IntPtr blob)
    {
        if (hb_face_builder_add_table(builder, Tag(table), blob) == 0) throw new InvalidOperationException($"HarfBuzz refused the table {table}.");
        hb_blob_destroy(blob);
    }

    /// <summary>A format 12 character map. Ours, because the tabular figures must answer to the plain digits when the text is searched.</summary>
    private static byte[] CharacterMap(IReadOnlyDictionary<ushort, int> glyphs, Dictionary<ushort, ushort> oldToNew)
    {
        var pairs = glyphs.Where(pair => pair.Value >= 0).Select(pair => (Character: pair.Value, Glyph: oldToNew[pair.Key])).Order().ToList();
        var groups = new List<(int First, int Last, int Glyph)>();
        foreach (var (character, glyph) in pairs)
        {
            if (groups.Count > 0 && groups[^1] is var (first, last, start) && character == last + 1 && glyph == start + character - first) groups[^1] = (first, character, start);
            else groups.Add((character, character, glyph));
        }
        using var bytes = new MemoryStream();
        void Word(int value) { bytes.WriteByte((byte)(value >> 8)); bytes.WriteByte((byte)(value & 0xFF)); }
        void Long(int value) { Word(value >> 16 & 0xFFFF); Word(value & 0xFFFF); }
        Word(0); Word(1);
        Word(3); Word(10); Long(12);
        Word(12); Word(0); Long(16 + 12 * groups.Count); Long(0); Long(groups.Count);
        foreach (var (first, last, glyph) in groups) { Long(first); Long(last); Long(glyph); }
        return bytes.ToArray();
    }

    private static uint Tag(string name) => (uint)(name[0] << 24 | name[1] << 16 | name[2] << 8 | name[3]);

    private static IntPtr Made(IntPtr thing, string what) =>
        thing != IntPtr.Zero ? thing : throw new InvalidOperationException($"HarfBuzz could not make the {what} of a font subset.");

    [LibraryImport(Library)] private static partial IntPtr hb_subset_preprocess(IntPtr face);
    [LibraryImport(Library)] private static partial IntPtr hb_subset_input_create_or_fail();
    [LibraryImport(Library)] private static partial void hb_subset_input_destroy(IntPtr input);
    [LibraryImport(Library)] private static partial void hb_subset_input_set_flags(IntPtr input, uint flags);
    [LibraryImport(Library)] private static partial IntPtr hb_subset_input_glyph_set(IntPtr input);
    [LibraryImport(Library)] private static partial IntPtr hb_subset_input_set(IntPtr input, int which);
    [LibraryImport(Library)] private static partial IntPtr hb_subset_plan_create_or_fail(IntPtr face, IntPtr input);
    [LibraryImport(Library)] private static partial void hb_subset_plan_destroy(IntPtr plan);
    [LibraryImport(Library)] private static partial IntPtr hb_subset_plan_old_to_new_glyph_mapping(IntPtr plan);
    [LibraryImport(Library)] private static partial IntPtr hb_subset_plan_execute_or_fail(IntPtr plan);
    [LibraryImport(Library)] private static partial void hb_set_clear(IntPtr set);
    [LibraryImport(Library)] private static partial void hb_set_add(IntPtr set, uint value);
    [LibraryImport(Library)] private static partial uint hb_map_get(IntPtr map, uint key);
    [LibraryImport(Library)] private static partial IntPtr hb_face_builder_create();
    [LibraryImport(Library)] private static partial int hb_face_builder_add_table(IntPtr builder, uint tag, IntPtr blob);
    [LibraryImport(Library)] private static partial IntPtr hb_face_reference_blob(IntPtr face);
    [LibraryImport(Library)] private static partial IntPtr hb_face_reference_table(IntPtr face, uint tag);
    [LibraryImport(Library)] private static partial void hb_face_destroy(IntPtr face);
    [LibraryImport(Library)] private static partial IntPtr hb_blob_create(byte* data, uint length, int mode, IntPtr userData, IntPtr destroy);
    [LibraryImport(Library)] private static partial byte* hb_blob_get_data(IntPtr blob, out uint length);
    [LibraryImport(Library)] private static partial void hb_blob_destroy(IntPtr blob);
}
