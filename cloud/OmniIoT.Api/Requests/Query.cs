using System.Globalization;
using System.Text.Json;
using OmniIoT.Api.Problems;
using OmniIoT.Devices;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Text;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Requests;

/// <summary>Reads parts of the address; what cannot be understood ends the request with the name of the part.</summary>
internal static class Query
{
    /// <param name="count"><c>true</c>: the answer tells how many the whole list has, as <c>total</c>.</param>
    public static PageRequest Page(string? cursor, string? limit, int maximum = PageRequest.MaximumLimit, string? count = null) =>
        new(Empty(cursor), Whole("limit", limit, 1, maximum) ?? Math.Min(PageRequest.DefaultLimit, maximum), Flag("count", count) ?? false);

    public static int? Whole(string name, string? text, int minimum, int maximum)
    {
        if (Empty(text) is null)
            return null;
        return
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= minimum
            && value <= maximum
            ? value
            : throw Refuse(name, $"must be a whole number from {minimum} to {maximum}");
    }

    public static Instant? Time(string name, string? text)
    {
        if (Empty(text) is null)
            return null;
        return Instant.TryParse(text, out Instant instant)
            ? instant
            : throw Refuse(name, "must be a time, as ISO 8601 or in epoch milliseconds");
    }

    public static T? Choice<T>(string name, string? text)
        where T : struct, Enum
    {
        if (Empty(text) is null)
            return null;
        foreach (T value in Enum.GetValues<T>())
        {
            if (NameOf(value) == text)
                return value;
        }
        throw Refuse(name, "must be one of " + string.Join(", ", Enum.GetValues<T>().Select(NameOf)));
    }

    public static bool? Flag(string name, string? text) =>
        Empty(text) switch
        {
            null => null,
            "true" => true,
            "false" => false,
            _ => throw Refuse(name, "must be true or false"),
        };

    /// <summary>
    /// Longitude and latitude in degrees of the south-western, then of the north-eastern corner, as GeoJSON writes a box.
    /// </summary>
    public static Area? Box(string name, string? text)
    {
        if (Empty(text) is null)
            return null;
        double[] sides =
        [
            .. text!
                .Split(',')
                .Select(part =>
                    double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double side) ? side : double.NaN
                ),
        ];
        bool valid = sides is [>= -180 and <= 180, >= -90 and <= 90, >= -180 and <= 180, >= -90 and <= 90] && sides[1] <= sides[3];
        return valid
            ? new Area(sides[0], sides[1], sides[2], sides[3])
            : throw Refuse(name, "must be west,south,east,north in degrees, the south not above the north");
    }

    /// <summary>Texts between commas; null when the part is missing.</summary>
    public static IReadOnlyList<string>? List(string? text) =>
        Empty(text)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static string Required(string name, string? text) => Empty(text) ?? throw Refuse(name, "is missing");

    /// <summary>A part without a value says nothing.</summary>
    public static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Whose; empty for nobody's, which a dash stands for, because a part without a value says nothing.</summary>
    public static string? Assignee(string? assignee) => assignee == "-" ? "" : Empty(assignee);

    /// <summary>Checks the form of an id in the path.</summary>
    public static string Id(string id) =>
        Identifier.IsValid(id)
            ? id
            : throw new ProblemException(Problem.Unprocessable(new ProblemError("/id", Sentence.Of(MistakeKinds.Id))));

    public static ProblemException Refuse(string name, string message) => new(Problem.Unprocessable(new ProblemError("/" + name, message)));

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
