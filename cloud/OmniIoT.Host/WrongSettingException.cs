namespace OmniIoT.Host;

/// <summary>A setting that stops the start; the message is one line.</summary>
internal sealed class WrongSettingException(string key, string? value, string allowed)
    : Exception($"{key} is '{value}'; allowed is {allowed}.");
