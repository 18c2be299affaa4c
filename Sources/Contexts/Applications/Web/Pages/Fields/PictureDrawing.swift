/// Small drawings around a photo: what to photograph, and what makes a photo readable.
enum PictureDrawing {
    /// A business licence in a finder.
    static let licence: StaticString =
        #"""
        <svg viewBox="0 0 200 140" aria-hidden="true">\#
        <rect x="26" y="20" width="148" height="104" rx="3" fill="#fdf8ea" stroke="#c79a4b" stroke-width="1.5"/>\#
        <circle cx="100" cy="35" r="6" fill="#c8372c"/>\#
        <text x="100" y="56" text-anchor="middle" font-size="13" letter-spacing="4" font-weight="700" fill="#2a2418">营业执照\#
        </text><path stroke="#b9ae93" stroke-width="4" d="M40 72h52M40 84h66M40 96h46M40 108h58"/>\#
        <rect x="132" y="68" width="24" height="24" fill="#d8cfb6"/>\#
        <circle cx="144" cy="108" r="11" fill="none" stroke="#c8372c" stroke-width="1.8" opacity=".75"/>\#
        <path fill="none" stroke="#1456d9" stroke-width="4" stroke-linecap="round" stroke-linejoin="round" d="M12 34V14a6 6 0 0 1 6-6h20m124 0h20a6 6 0 0 1 6 6v20m0 72v20a6 6 0 0 1-6 6h-20m-124 0H18a6 6 0 0 1-6-6v-20"/>\#
        </svg>
        """#

    /// Any other paper.
    static let paper: StaticString =
        #"""
        <svg viewBox="0 0 64 52" aria-hidden="true">\#
        <rect x="10" y="5" width="44" height="42" rx="3" fill="#fdf8ea" stroke="#c79a4b" stroke-width="1.5"/>\#
        <path stroke="#b9ae93" stroke-width="3" stroke-linecap="round" d="M18 16h20M18 24h28M18 32h16"/>\#
        <circle cx="43" cy="36" r="5.5" fill="none" stroke="#c8372c" stroke-width="1.5" opacity=".75"/></svg>
        """#

    /// A good photo and three bad ones.
    static let tips: StaticString =
        #"""
        <ul class="tips"><li><svg viewBox="0 0 60 45" aria-hidden="true">\#
        <rect width="60" height="45" fill="#e3f4ea"/>\#
        <rect x="9" y="7" width="42" height="31" fill="#fdf8ea" stroke="#c79a4b"/>\#
        <path stroke="#8f866d" stroke-width="2" d="M16 20h18M16 26h24M16 32h14"/></svg><b>拍全、清楚</b></li><li>\#
        <svg viewBox="0 0 60 45" aria-hidden="true"><rect width="60" height="45" fill="#fbeae8"/>\#
        <rect x="-8" y="12" width="54" height="42" fill="#fdf8ea" stroke="#c79a4b"/>\#
        <path stroke="#8f866d" stroke-width="2" d="M6 24h18M6 30h26M6 36h14"/></svg><b>缺了角</b></li><li>\#
        <svg viewBox="0 0 60 45" aria-hidden="true"><rect width="60" height="45" fill="#fbeae8"/>\#
        <rect x="9" y="7" width="42" height="31" fill="#fdf8ea" stroke="#c79a4b"/>\#
        <path stroke="#8f866d" stroke-width="2" d="M16 20h18M16 26h24M16 32h14"/>\#
        <circle cx="36" cy="20" r="14" fill="#fff" opacity=".92"/></svg><b>有反光</b></li><li>\#
        <svg viewBox="0 0 60 45" aria-hidden="true"><rect width="60" height="45" fill="#fbeae8"/>\#
        <rect x="9" y="7" width="42" height="31" rx="5" fill="#f7f0df"/>\#
        <path stroke="#cfc6ae" stroke-width="6" stroke-linecap="round" d="M18 20h16M18 31h22"/></svg><b>拍糊了</b>\#
        </li></ul>
        """#
}
