using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OmniIoT.Domain.Places.Index;

/// <summary>
/// Puts what is large, stays, and is read here and there into pages of 2 MiB: half of the time that a point takes among a million fences is
/// the looking up of small pages. Where the system does not do it (Linux before 6.1, and others) nothing changes.
/// </summary>
internal static partial class LargePages
{
    // linux/include/uapi/asm-generic/mman-common.h: MADV_COLLAPSE, which also takes pages that are in use already.
    private const int Collapse = 25;

    private const nuint PageBytes = 2 << 20;

    /// <summary>Not worth it for less.</summary>
    private const int Least = 16 << 20;

    /// <summary>Of an array that is never given up but as a whole: the runtime does not move what is so large.</summary>
    public static void Use<T>(T[] array)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(array.AsSpan());
        if (bytes.Length < Least || !OperatingSystem.IsLinux())
            return;
        nuint first = Address(bytes) + PageBytes - 1 & ~(PageBytes - 1);
        nuint last = (Address(bytes) + (nuint)bytes.Length) & ~(PageBytes - 1);
        _ = Advise(first, last - first, Collapse);
    }

    private static unsafe nuint Address(Span<byte> bytes) => (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes));

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);
}
