using System.CommandLine;

namespace OmniIoT.Simulators.Commands;

/// <summary>Options with a default and a range.</summary>
internal static class BoundedOption
{
    public static Option<int> Create(string name, string description, int standard, int least, int most)
    {
        Option<int> option = new(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
                result.AddError($"{name} takes {least} to {most}.");
        });
        return option;
    }

    /// <summary>Null for 0, which means without end.</summary>
    public static TimeSpan? Duration(int seconds) => seconds == 0 ? null : TimeSpan.FromSeconds(seconds);
}
