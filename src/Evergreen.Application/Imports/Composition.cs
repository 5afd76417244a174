using System.Text;

namespace Evergreen.Application.Imports;

/// <summary>Unicode normalisation form C for Latin, Greek and Cyrillic letters, so that the same name typed on two machines is the same text.</summary>
/// <remarks>Source: the canonical decompositions of UnicodeData.txt. Our own because <c>string.Normalize</c> changes nothing under invariant globalization.</remarks>
public static class Composition
{
    /// <summary>Per combining mark, base letter and composed letter in turn.</summary>
    private static readonly (char Mark, string Pairs)[] Table =
    [
        ('\u0300', "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹ\u0415\u0400\u0418\u040D\u0435\u0450\u0438\u045DĒ\u1E14ē\u1E15Ō\u1E50ō\u1E51W\u1E80w\u1E81Â\u1EA6â\u1EA7Ă\u1EB0ă\u1EB1Ê\u1EC0ê\u1EC1Ô\u1ED2ô\u1ED3Ơ\u1EDCơ\u1EDDƯ\u1EEAư\u1EEBY\u1EF2y\u1EF3\u1F00\u1F02\u1F01\u1F03\u1F08\u1F0A\u1F09\u1F0B\u1F10\u1F12\u1F11\u1F13\u1F18\u1F1A\u1F19\u1F1B\u1F20\u1F22\u1F21\u1F23\u1F28\u1F2A\u1F29\u1F2B\u1F30\u1F32\u1F31\u1F33\u1F38\u1F3A\u1F39\u1F3B\u1F40\u1F42\u1F41\u1F43\u1F48\u1F4A\u1F49\u1F4B\u1F50\u1F52\u1F51\u1F53\u1F59\u1F5B\u1F60\u1F62\u1F61\u1F63\u1F68\u1F6A\u1F69\u1F6B\u03B1\u1F70\u03B5\u1F72\u03B7\u1F74\u03B9\u1F76\u03BF\u1F78\u03C5\u1F7A\u03C9\u1F7C\u0391\u1FBA\u0395\u1FC8\u0397\u1FCA\u1FBF\u1FCD\u03CA\u1FD2\u0399\u1FDA\u1FFE\u1FDD\u03CB\u1FE2\u03A5\u1FEA¨\u1FED\u039F\u1FF8\u03A9\u1FFA"),
        ('\u0301', "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ¨\u0385\u0391\u0386\u0395\u0388\u0397\u0389\u0399\u038A\u039F\u038C\u03A5\u038E\u03A9\u038F\u03CA\u0390\u03B1\u03AC\u03B5\u03AD\u03B7\u03AE\u03B9\u03AF\u03CB\u03B0\u03BF\u03CC\u03C5\u03CD\u03C9\u03CE\u03D2\u03D3\u0413\u0403\u041A\u040C\u0433\u0453\u043A\u045CÇ\u1E08ç\u1E09Ē\u1E16ē\u1E17Ï\u1E2Eï\u1E2FK\u1E30k\u1E31M\u1E3Em\u1E3FÕ\u1E4Cõ\u1E4DŌ\u1E52ō\u1E53P\u1E54p\u1E55Ũ\u1E78ũ\u1E79W\u1E82w\u1E83Â\u1EA4â\u1EA5Ă\u1EAEă\u1EAFÊ\u1EBEê\u1EBFÔ\u1ED0ô\u1ED1Ơ\u1EDAơ\u1EDBƯ\u1EE8ư\u1EE9\u1F00\u1F04\u1F01\u1F05\u1F08\u1F0C\u1F09\u1F0D\u1F10\u1F14\u1F11\u1F15\u1F18\u1F1C\u1F19\u1F1D\u1F20\u1F24\u1F21\u1F25\u1F28\u1F2C\u1F29\u1F2D\u1F30\u1F34\u1F31\u1F35\u1F38\u1F3C\u1F39\u1F3D\u1F40\u1F44\u1F41\u1F45\u1F48\u1F4C\u1F49\u1F4D\u1F50\u1F54\u1F51\u1F55\u1F59\u1F5D\u1F60\u1F64\u1F61\u1F65\u1F68\u1F6C\u1F69\u1F6D\u1FBF\u1FCE\u1FFE\u1FDE"),
        ('\u0302', "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZ\u1E90z\u1E91\u1EA0\u1EAC\u1EA1\u1EAD\u1EB8\u1EC6\u1EB9\u1EC7\u1ECC\u1ED8\u1ECD\u1ED9"),
        ('\u0303', "AÃNÑOÕaãnñoõIĨiĩUŨuũV\u1E7Cv\u1E7DÂ\u1EAAâ\u1EABĂ\u1EB4ă\u1EB5E\u1EBCe\u1EBDÊ\u1EC4ê\u1EC5Ô\u1ED6ô\u1ED7Ơ\u1EE0ơ\u1EE1Ư\u1EEEư\u1EEFY\u1EF8y\u1EF9"),
        ('\u0304', "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳ\u0418\u04E2\u0438\u04E3\u0423\u04EE\u0443\u04EFG\u1E20g\u1E21\u1E36\u1E38\u1E37\u1E39\u1E5A\u1E5C\u1E5B\u1E5D\u03B1\u1FB1\u0391\u1FB9\u03B9\u1FD1\u0399\u1FD9\u03C5\u1FE1\u03A5\u1FE9"),
        ('\u0306', "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭ\u0423\u040E\u0418\u0419\u0438\u0439\u0443\u045E\u0416\u04C1\u0436\u04C2\u0410\u04D0\u0430\u04D1\u0415\u04D6\u0435\u04D7Ȩ\u1E1Cȩ\u1E1D\u1EA0\u1EB6\u1EA1\u1EB7\u03B1\u1FB0\u0391\u1FB8\u03B9\u1FD0\u0399\u1FD8\u03C5\u1FE0\u03A5\u1FE8"),
        ('\u0307', "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯB\u1E02b\u1E03D\u1E0Ad\u1E0BF\u1E1Ef\u1E1FH\u1E22h\u1E23M\u1E40m\u1E41N\u1E44n\u1E45P\u1E56p\u1E57R\u1E58r\u1E59S\u1E60s\u1E61Ś\u1E64ś\u1E65Š\u1E66š\u1E67\u1E62\u1E68\u1E63\u1E69T\u1E6At\u1E6BW\u1E86w\u1E87X\u1E8Ax\u1E8BY\u1E8Ey\u1E8Fſ\u1E9B"),
        ('\u0308', "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸ\u0399\u03AA\u03A5\u03AB\u03B9\u03CA\u03C5\u03CB\u03D2\u03D4\u0415\u0401\u0406\u0407\u0435\u0451\u0456\u0457\u0410\u04D2\u0430\u04D3\u04D8\u04DA\u04D9\u04DB\u0416\u04DC\u0436\u04DD\u0417\u04DE\u0437\u04DF\u0418\u04E4\u0438\u04E5\u041E\u04E6\u043E\u04E7\u04E8\u04EA\u04E9\u04EB\u042D\u04EC\u044D\u04ED\u0423\u04F0\u0443\u04F1\u0427\u04F4\u0447\u04F5\u042B\u04F8\u044B\u04F9H\u1E26h\u1E27Õ\u1E4Eõ\u1E4FŪ\u1E7Aū\u1E7BW\u1E84w\u1E85X\u1E8Cx\u1E8Dt\u1E97"),
        ('\u0309', "A\u1EA2a\u1EA3Â\u1EA8â\u1EA9Ă\u1EB2ă\u1EB3E\u1EBAe\u1EBBÊ\u1EC2ê\u1EC3I\u1EC8i\u1EC9O\u1ECEo\u1ECFÔ\u1ED4ô\u1ED5Ơ\u1EDEơ\u1EDFU\u1EE6u\u1EE7Ư\u1EECư\u1EEDY\u1EF6y\u1EF7"),
        ('\u030A', "AÅaåUŮuůw\u1E98y\u1E99"),
        ('\u030B', "OŐoőUŰuű\u0423\u04F2\u0443\u04F3"),
        ('\u030C', "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮ\u0292ǯjǰHȞhȟ"),
        ('\u030F', "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕ\u0474\u0476\u0475\u0477"),
        ('\u0311', "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"),
        ('\u0313', "\u03B1\u1F00\u0391\u1F08\u03B5\u1F10\u0395\u1F18\u03B7\u1F20\u0397\u1F28\u03B9\u1F30\u0399\u1F38\u03BF\u1F40\u039F\u1F48\u03C5\u1F50\u03C9\u1F60\u03A9\u1F68\u03C1\u1FE4"),
        ('\u0314', "\u03B1\u1F01\u0391\u1F09\u03B5\u1F11\u0395\u1F19\u03B7\u1F21\u0397\u1F29\u03B9\u1F31\u0399\u1F39\u03BF\u1F41\u039F\u1F49\u03C5\u1F51\u03A5\u1F59\u03C9\u1F61\u03A9\u1F69\u03C1\u1FE5\u03A1\u1FEC"),
        ('\u031B', "OƠoơUƯuư"),
        ('\u0323', "B\u1E04b\u1E05D\u1E0Cd\u1E0DH\u1E24h\u1E25K\u1E32k\u1E33L\u1E36l\u1E37M\u1E42m\u1E43N\u1E46n\u1E47R\u1E5Ar\u1E5BS\u1E62s\u1E63T\u1E6Ct\u1E6DV\u1E7Ev\u1E7FW\u1E88w\u1E89Z\u1E92z\u1E93A\u1EA0a\u1EA1E\u1EB8e\u1EB9I\u1ECAi\u1ECBO\u1ECCo\u1ECDƠ\u1EE2ơ\u1EE3U\u1EE4u\u1EE5Ư\u1EF0ư\u1EF1Y\u1EF4y\u1EF5"),
        ('\u0324', "U\u1E72u\u1E73"),
        ('\u0325', "A\u1E00a\u1E01"),
        ('\u0326', "SȘsșTȚtț"),
        ('\u0327', "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩD\u1E10d\u1E11H\u1E28h\u1E29"),
        ('\u0328', "AĄaąEĘeęIĮiįUŲuųOǪoǫ"),
        ('\u032D', "D\u1E12d\u1E13E\u1E18e\u1E19L\u1E3Cl\u1E3DN\u1E4An\u1E4BT\u1E70t\u1E71U\u1E76u\u1E77"),
        ('\u032E', "H\u1E2Ah\u1E2B"),
        ('\u0330', "E\u1E1Ae\u1E1BI\u1E2Ci\u1E2DU\u1E74u\u1E75"),
        ('\u0331', "B\u1E06b\u1E07D\u1E0Ed\u1E0FK\u1E34k\u1E35L\u1E3Al\u1E3BN\u1E48n\u1E49R\u1E5Er\u1E5FT\u1E6Et\u1E6FZ\u1E94z\u1E95h\u1E96"),
        ('\u0342', "\u1F00\u1F06\u1F01\u1F07\u1F08\u1F0E\u1F09\u1F0F\u1F20\u1F26\u1F21\u1F27\u1F28\u1F2E\u1F29\u1F2F\u1F30\u1F36\u1F31\u1F37\u1F38\u1F3E\u1F39\u1F3F\u1F50\u1F56\u1F51\u1F57\u1F59\u1F5F\u1F60\u1F66\u1F61\u1F67\u1F68\u1F6E\u1F69\u1F6F\u03B1\u1FB6¨\u1FC1\u03B7\u1FC6\u1FBF\u1FCF\u03B9\u1FD6\u03CA\u1FD7\u1FFE\u1FDF\u03C5\u1FE6\u03CB\u1FE7\u03C9\u1FF6"),
        ('\u0345', "\u1F00\u1F80\u1F01\u1F81\u1F02\u1F82\u1F03\u1F83\u1F04\u1F84\u1F05\u1F85\u1F06\u1F86\u1F07\u1F87\u1F08\u1F88\u1F09\u1F89\u1F0A\u1F8A\u1F0B\u1F8B\u1F0C\u1F8C\u1F0D\u1F8D\u1F0E\u1F8E\u1F0F\u1F8F\u1F20\u1F90\u1F21\u1F91\u1F22\u1F92\u1F23\u1F93\u1F24\u1F94\u1F25\u1F95\u1F26\u1F96\u1F27\u1F97\u1F28\u1F98\u1F29\u1F99\u1F2A\u1F9A\u1F2B\u1F9B\u1F2C\u1F9C\u1F2D\u1F9D\u1F2E\u1F9E\u1F2F\u1F9F\u1F60\u1FA0\u1F61\u1FA1\u1F62\u1FA2\u1F63\u1FA3\u1F64\u1FA4\u1F65\u1FA5\u1F66\u1FA6\u1F67\u1FA7\u1F68\u1FA8\u1F69\u1FA9\u1F6A\u1FAA\u1F6B\u1FAB\u1F6C\u1FAC\u1F6D\u1FAD\u1F6E\u1FAE\u1F6F\u1FAF\u1F70\u1FB2\u03B1\u1FB3\u03AC\u1FB4\u1FB6\u1FB7\u0391\u1FBC\u1F74\u1FC2\u03B7\u1FC3\u03AE\u1FC4\u1FC6\u1FC7\u0397\u1FCC\u1F7C\u1FF2\u03C9\u1FF3\u03CE\u1FF4\u1FF6\u1FF7\u03A9\u1FFC"),
    ];

    private static readonly Dictionary<(char Base, char Mark), char> Composed = Table
        .SelectMany(row => row.Pairs.Chunk(2).Select(pair => (Key: (pair[0], row.Mark), Value: pair[1])))
        .ToDictionary(entry => entry.Key, entry => entry.Value);

    private static readonly Dictionary<char, (char Base, char Mark)> Decomposed = Composed.ToDictionary(entry => entry.Value, entry => entry.Key);

    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0300', '\u036F')) return text;
        var letters = new List<char>(text.Length + 8);
        foreach (var c in text) Decompose(c, letters);
        Order(letters);
        return Join(letters);
    }

    private static void Decompose(char c, List<char> to)
    {
        if (Decomposed.TryGetValue(c, out var parts))
        {
            Decompose(parts.Base, to);
            to.Add(parts.Mark);
        }
        else
        {
            to.Add(c);
        }
    }

    /// <summary>Marks on one letter stand in the order of their classes; a stable insertion sort.</summary>
    private static void Order(List<char> letters)
    {
        for (var i = 1; i < letters.Count; i++)
            for (var j = i; j > 0 && Class(letters[j]) > 0 && Class(letters[j - 1]) > Class(letters[j]); j--)
                (letters[j], letters[j - 1]) = (letters[j - 1], letters[j]);
    }

    private static string Join(List<char> letters)
    {
        var text = new StringBuilder(letters.Count);
        var starter = -1;
        var lastClass = 0;
        foreach (var c in letters)
        {
            var mark = Class(c);
            if (starter >= 0 && mark > lastClass && Composed.TryGetValue((text[starter], c), out var composed))
            {
                text[starter] = composed;
                continue;
            }
            if (mark == 0) (starter, lastClass) = (text.Length, 0);
            else lastClass = mark;
            text.Append(c);
        }
        return text.ToString();
    }

    /// <summary>Canonical combining class of the marks U+0300 to U+036F; 0 for letters.</summary>
    private static int Class(char c) => c switch
    {
        < '\u0300' or > '\u036F' or '\u034F' => 0,
        (>= '\u0334' and <= '\u0338') => 1,
        (>= '\u0321' and <= '\u0322') or (>= '\u0327' and <= '\u0328') => 202,
        '\u031B' => 216,
        (>= '\u0316' and <= '\u0319') or (>= '\u031C' and <= '\u0320') or (>= '\u0323' and <= '\u0326') or (>= '\u0329' and <= '\u0333') or (>= '\u0339' and <= '\u033C') or (>= '\u0347' and <= '\u0349') or (>= '\u034D' and <= '\u034E') or (>= '\u0353' and <= '\u0356') or (>= '\u0359' and <= '\u035A') => 220,
        '\u0315' or '\u031A' or '\u0358' => 232,
        '\u035C' or '\u035F' or '\u0362' => 233,
        (>= '\u035D' and <= '\u035E') or (>= '\u0360' and <= '\u0361') => 234,
        '\u0345' => 240,
        _ => 230,
    };
}
