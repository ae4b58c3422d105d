namespace OmniIoT.Edge.Hardware;

/// <summary>What goes first when the disk is full: the oldest readings of the lowest. It changes nothing in what is sent when.</summary>
public enum ReadingPriority
{
    Low,
    Normal,
    High,
}
