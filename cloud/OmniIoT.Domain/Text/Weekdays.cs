namespace OmniIoT.Domain.Text;

/// <summary>How documents name the days of the week.</summary>
internal static class Weekdays
{
    private static readonly string[] Names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>An array of days; empty when missing.</summary>
    public static IReadOnlyList<DayOfWeek> Days(this JsonFields fields, string name) =>
        fields.Choices(name, Enum.GetValues<DayOfWeek>(), NameOf);

    public static string NameOf(DayOfWeek day) => Names[(int)day];
}
