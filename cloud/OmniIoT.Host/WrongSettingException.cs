using OmniIoT.Domain.Text;

namespace OmniIoT.Host;

/// <summary>Settings that stop the start; the message has a line for each.</summary>
internal sealed class WrongSettingException(IReadOnlyList<WrongSetting> wrong) : Exception(string.Join(Environment.NewLine, wrong))
{
    public WrongSettingException(string key, string? value, string allowed)
        : this([new WrongSetting(key, value, allowed)]) { }
}

/// <summary>One of them, and what would be right.</summary>
internal sealed record WrongSetting(string Key, string? Value, string Allowed)
{
    /// <summary>There is no such setting.</summary>
    public static WrongSetting Unknown(string key, string value) =>
        new(
            key,
            value,
            $"nothing: there is no such setting; the nearest is {NearestName.Among(Setting.All.Select(setting => setting.Key), key)}, --help tells all"
        );

    public override string ToString() => $"{Key} is '{Value}'; allowed is {Allowed}.";
}
