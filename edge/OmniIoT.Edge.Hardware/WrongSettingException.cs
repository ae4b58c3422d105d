namespace OmniIoT.Edge.Hardware;

/// <summary>A specification asks for something that its type of sensor or output has not.</summary>
/// <param name="setting">The setting's name, as <c>path</c>.</param>
/// <param name="allowed">What it could be.</param>
public sealed class WrongSettingException(string setting, string allowed) : Exception(allowed)
{
    public string Setting { get; } = setting;
}
