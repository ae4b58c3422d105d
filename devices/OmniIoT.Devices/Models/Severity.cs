namespace OmniIoT.Devices.Models;

/// <summary>How bad an alarm is, the worst last so that severities compare.</summary>
public enum Severity : byte
{
    Warning,
    Minor,
    Major,
    Critical,
}
